import type { Simulated } from './simulation.types.ts';

/** Two schedules whose runs would go on at the same time in the same namespaces. */
export type Meeting = {
  one: Simulated;
  other: Simulated;
  /** First instants, at most five. */
  at: number[];
  times: number;
  /** Longest time that one waits for the other. */
  wait: number;
};

/** Many that start at once are a stampede; each with each is not looked at beyond this. */
const mostActive = 16;
const kept = 5;

export type Slots = ReadonlyMap<Simulated, readonly number[]>;

/** Every slot of every schedule, in order of time: `index` is that of the schedule. */
export function timeline(
  schedules: readonly Simulated[],
  slots: Slots,
): { at: number; index: number }[] {
  const size = schedules.length;
  const keys = new Float64Array(
    schedules.reduce((sum, one) => sum + (slots.get(one)?.length ?? 0), 0),
  );
  let next = 0;
  for (const [index, one] of schedules.entries())
    for (const at of slots.get(one) ?? []) keys[next++] = Math.floor(at / 1000) * size + index;
  keys.sort();
  return Array.from(keys, (key) => ({ at: Math.floor(key / size) * 1000, index: key % size }));
}

type Running = { schedule: Simulated; index: number; begun: number; until: number };

/** A run that begins while one of another schedule goes on in the same namespaces. */
export type Encounter = { going: Running; schedule: Simulated; index: number; at: number };

/** A sweep over the starts with what still runs then. With `only`, what this one is part of. */
export function* encounters(
  schedules: readonly Simulated[],
  slots: Slots,
  only?: Simulated,
): Generator<Encounter> {
  const shares = sharing();
  let active: Running[] = [];
  for (const { at, index } of timeline(schedules, slots)) {
    const schedule = schedules[index];
    if (!schedule) continue;
    active = active.filter(({ until }) => until > at);
    for (const going of active.slice(0, mostActive)) {
      if (going.index === index || (only && schedule !== only && going.schedule !== only)) continue;
      if (shares(schedule, going.schedule)) yield { going, schedule, index, at };
    }
    if (active.length < mostActive * 4)
      active.push({ schedule, index, begun: at, until: at + schedule.duration.p90 });
  }
}

/** All pairs that meet, with how often. */
export function meetingsOf(
  schedules: readonly Simulated[],
  slots: Slots,
  only?: Simulated,
): Meeting[] {
  const found = new Map<number, Meeting>();
  for (const { going, schedule, index, at } of encounters(schedules, slots, only)) {
    const [low, high] = [Math.min(index, going.index), Math.max(index, going.index)];
    const key = low * schedules.length + high;
    const meeting = found.get(key) ?? {
      one: going.schedule,
      other: schedule,
      at: [],
      times: 0,
      wait: 0,
    };
    found.set(key, meeting);
    meeting.times += 1;
    meeting.wait = Math.max(meeting.wait, going.until - at);
    if (meeting.at.length < kept) meeting.at.push(at);
  }
  return [...found.values()];
}

type Scope = Pick<Simulated, 'namespaces' | 'excluded'>;

function sharing(): (one: Simulated, other: Simulated) => boolean {
  const known = new Map<Simulated, Map<Simulated, boolean>>();
  return (one, other) => {
    const mine = known.get(one) ?? new Map<Simulated, boolean>();
    known.set(one, mine);
    const before = mine.get(other);
    if (before !== undefined) return before;
    const answer = sharedNamespaces(one, other) !== null;
    mine.set(other, answer);
    return answer;
  };
}

/** The namespaces that both take: `all` when both take the whole cluster; null: none. */
export function sharedNamespaces(one: Scope, other: Scope): readonly string[] | 'all' | null {
  if (one.namespaces === 'all' && other.namespaces === 'all') return 'all';
  const [narrow, wide] = one.namespaces === 'all' ? [other, one] : [one, other];
  if (narrow.namespaces === 'all') return 'all';
  const shared = narrow.namespaces.filter((name) => takes(wide, name) && takes(narrow, name));
  return shared.length > 0 ? shared : null;
}

const takes = ({ namespaces, excluded }: Scope, name: string): boolean =>
  !excluded.includes(name) && (namespaces === 'all' || namespaces.includes(name));
