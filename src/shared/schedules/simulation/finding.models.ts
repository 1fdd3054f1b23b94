import type { Finding, Remedy } from '../preview.contract.ts';
import { figure, spanOfSeconds } from '../../words/format.models.ts';
import type { Simulated } from './simulation.types.ts';

type Given = Pick<Finding, 'kind' | 'severity' | 'sentence'> & {
  schedules: readonly Simulated[];
  /** Milliseconds since 1970. */
  at?: readonly number[];
  times?: number;
  remedies?: () => Remedy[];
};

/** Its remedies are worked out only when asked for: they cost far more than to find what is wrong. */
export type Found = Omit<Finding, 'remedies'> & { remedies: () => Remedy[] };

export const findingOf = ({
  schedules,
  at = [],
  times = at.length,
  remedies = () => [],
  ...rest
}: Given): Found => ({
  ...rest,
  schedules: schedules.map(({ name }) => name),
  at: at.slice(0, 5).map((one) => new Date(one).toISOString()),
  times,
  remedies,
});

/** A change of the schedule itself; `replaces`: those that rest once it is saved. */
export const remedyOf = (
  given: Omit<Remedy, 'change' | 'replaces'> & Partial<Pick<Remedy, 'change' | 'replaces'>>,
): Remedy => ({ change: {}, replaces: [], ...given });

/** `twice`, `4 times`: in the 14 days. */
export const timesInWords = (times: number): string =>
  times === 1 ? 'once' : times === 2 ? 'twice' : `${figure(times)} times`;

/** `02:00 on 25 November`, UTC: for sentences that are the same for everybody. */
export function momentInWords(at: number): string {
  const text = new Date(at).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)}Z`;
}

/** `1 h 30 min`, `3 d`. */
export const lengthInWords = (milliseconds: number): string =>
  spanOfSeconds(Math.round(milliseconds / 1000));
