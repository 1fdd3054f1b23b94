import type { Finding } from '../preview.contract.ts';
import { blackoutFindings } from './blackout-findings.models.ts';
import { estateFindings } from './estate-findings.models.ts';
import type { Found } from './finding.models.ts';
import { lineUp } from './line-up.models.ts';
import { meetingsIn, meetingsOf, timeline } from './meetings.models.ts';
import { meetingFindings } from './meeting-findings.models.ts';
import { gapsOf, slotsOf, slotsOfEach } from './occurrences.models.ts';
import { ownFindings } from './own-findings.models.ts';
import type { Simulated, World } from './simulation.types.ts';

const severity = { error: 0, warning: 1, info: 2 } as const;

type Given = {
  schedules: readonly Simulated[];
  world: World;
  /** Set: only what this one is part of; it is one of `schedules`. */
  only?: Simulated;
};

/**
 * What would go wrong in the next 14 days, the worst first. Runs are taken to be as long as the last
 * comparable ones were.
 */
export function simulate({ schedules, world, only }: Given): Finding[] {
  const most = slotsOfEach(schedules.length);
  const slots = new Map(schedules.map((one) => [one, slotsOf(one, world.now, { most })]));
  const starts = timeline(schedules, slots);
  const given = { schedules, slots, starts, world, ...(only && { only }) };
  const looked = only ? [only] : schedules;
  const findings = [
    ...looked.flatMap((one) => [
      ...blackoutFindings(one, given),
      ...ownFindings(one, slots.get(one) ?? [], world),
    ]),
    ...meetingFindings(
      only ? meetingsOf(schedules, slots, only) : meetingsIn(schedules, starts),
      given,
    ),
    ...estateFindings(lineUp(schedules, starts, graceIn(slots)), given),
  ];
  return findings
    .toSorted((a, b) => severity[a.severity] - severity[b.severity])
    .map((found) => told(found, only));
}

/** Only whoever edits a schedule may be told how others could change for it, and has a form to change it in. */
const told = ({ remedies, ...rest }: Found, only?: Simulated): Finding => ({
  ...rest,
  remedies: only ? remedies() : [],
});

const fiveMinutes = 300_000;

/** As long as a run may be late before somebody is told. */
const graceIn =
  (slots: ReadonlyMap<Simulated, readonly number[]>) =>
  (schedule: Simulated): number => {
    const interval = gapsOf(slots.get(schedule) ?? [])?.shortest ?? Infinity;
    return Math.min(Math.max(fiveMinutes, schedule.duration.p90 / 2), interval / 4);
  };
