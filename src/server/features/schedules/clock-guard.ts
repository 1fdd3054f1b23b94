import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import {
  agrees,
  type ClockWatch,
  confirmed,
  isLongAbsence,
  observe,
  watchFrom,
} from './clock-watch.models.ts';

type Needs = {
  clock: Clock;
  /** How long the machine has been up, sleep included, milliseconds. */
  uptime: () => number;
  /** What the API servers say that the time is; null: none of them answers. */
  timeOfClusters: () => Promise<number | null>;
  /** When a process on this database last looked; undefined: never. */
  lastSeen: { read: () => Promise<number | undefined>; write: (at: number) => Promise<void> };
  log: Log;
};

export type ClockGuard = ReturnType<typeof createClockGuard>;

/** Written so often, milliseconds: how long it was away is known no better than that. */
const notedEvery = 60_000;

/**
 * Whether the time can be trusted: before anything is fired or deleted because of it. Over a day ahead
 * of the machine's own count, or after an absence of over a day, the API servers are asked; when they do
 * not agree, or do not answer, nothing happens until they do or a person confirms the time.
 */
export function createClockGuard(needs: Needs) {
  let watch: ClockWatch | null = null;
  let doubtful = false;
  let notedAt = -Infinity;

  const begin = async (now: number): Promise<ClockWatch> => {
    const before = await needs.lastSeen.read();
    doubtful = before !== undefined && isLongAbsence(before, now);
    return watchFrom({ wall: now, up: needs.uptime() });
  };
  const settle = (why: string): void => {
    needs.log.warn({ why }, 'the time is trusted again');
    doubtful = false;
    if (watch) watch = confirmed(watch);
  };
  const note = async (now: number): Promise<void> => {
    if (Math.abs(now - notedAt) < notedEvery) return;
    notedAt = now;
    await needs.lastSeen.write(now);
  };

  return {
    isSound: async (): Promise<boolean> => {
      const now = needs.clock().epochMilliseconds;
      watch = watch ? observe(watch, { wall: now, up: needs.uptime() }) : await begin(now);
      if (doubtful || watch.verdict === 'forward') {
        const other = await needs.timeOfClusters();
        if (other === null || !agrees(now, other)) return false;
        settle('the clock of a cluster agrees');
      }
      await note(now);
      return true;
    },
    /** Why nothing is fired or deleted; null: the time is trusted. */
    doubt: (): string | null => {
      if (watch?.verdict === 'forward')
        return 'The clock of this computer jumped over a day ahead.';
      return doubtful
        ? 'Lifeboat was away for over a day by its clock, and no cluster has confirmed the time.'
        : null;
    },
    /** A person says that the time is right. */
    confirm: (): void => settle('a person confirmed it'),
  };
}
