import { dayLength } from '#shared/time/lengths.models.ts';
import { releaseExpired } from '../features/restores/plan-ends.usecases.ts';
import { applyRetention } from '../features/schedules/retention.usecases.ts';
import { thinRestores } from '../features/restores/thin.usecases.ts';
import { thinRuns } from '../features/runs/thin.usecases.ts';
import type { SlotsRepository } from '../features/schedules/slots.repository.ts';
import { type After, afterTimeout } from '../platform/after.ts';
import type { Log } from '../platform/log.ts';
import type { Features } from './features.ts';

const minute = 60 * 1000;
const hour = 60 * minute;

/** As long as runs: the strips of a year can be compared. */
const slotsFor = 400 * dayLength;

type Tidied = { slots: Pick<SlotsRepository, 'removeBefore'> } & Parameters<
  typeof releaseExpired
>[0] &
  Parameters<typeof thinRestores>[0] &
  Parameters<typeof thinRuns>[0];

/** What has had its time: plans nobody used, journals and logs after 30 days, runs after 400. */
export async function tidy(features: Tidied): Promise<void> {
  await releaseExpired(features);
  await thinRestores(features);
  await thinRuns(features);
  await features.slots.removeBefore(features.clock().epochMilliseconds - slotsFor);
}

/** A minute after the start and then every hour, one round after another; a round that fails is logged and comes again. */
export function startTidying(features: Features, after: After = afterTimeout) {
  return everyHour(() => tidy(features), { after, log: features.log });
}

/** Soon after the start and then every ten minutes: what retention does not want any more goes. */
export function startRetention(features: Features, after: After = afterTimeout) {
  return repeated(() => applyRetention(features), { after, log: features.log, every: 10 * minute });
}

export const everyHour = (act: () => Promise<void>, given: { after: After; log: Log }) =>
  repeated(act, { ...given, every: hour });

type Repeated = { after: After; log: Log; every: number };

function repeated(act: () => Promise<void>, { after, log, every }: Repeated) {
  let callOff: () => void = () => undefined;
  let stopped = false;
  const round = async (): Promise<void> => {
    await act().catch((error: unknown) => log.error({ err: error }, 'tidying up failed'));
    if (!stopped) callOff = after(every, next);
  };
  let going: Promise<void> = Promise.resolve();
  const next = () => {
    going = round();
  };
  callOff = after(minute, next);
  return {
    /** Ends after the round that is going on. */
    stop: async (): Promise<void> => {
      stopped = true;
      callOff();
      await going;
    },
  };
}
