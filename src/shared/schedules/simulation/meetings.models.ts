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
/** So many that go on are kept in mind: the first may end. */
const mostKept = mostActive * 4;
const kept = 5;

export type Slots = ReadonlyMap<Simulated, readonly number[]>;

/** Every slot of every schedule in order of time: when, and the place of its schedule in the list. */
export type Timeline = { at: Float64Array; index: Int32Array };

/** In whole seconds; those of one second are in the order of the schedules. */
export function timeline(schedules: readonly Simulated[], slots: Slots): Timeline {
  const size = schedules.length;
  const at = new Float64Array(
    schedules.reduce((sum, one) => sum + (slots.get(one)?.length ?? 0), 0),
  );
  let next = 0;
  for (const [place, one] of schedules.entries())
    for (const slot of slots.get(one) ?? []) at[next++] = Math.floor(slot / 1000) * size + place;
  at.sort();
  const index = new Int32Array(at.length);
  for (const [place, key] of at.entries()) {
    const second = Math.floor(key / size);
    index[place] = key - second * size;
    at[place] = second * 1000;
  }
  return { at, index };
}

type Running = { schedule: Simulated; index: number; begun: number; until: number };

/** A run that begins while one of another schedule goes on in the same namespaces. */
export type Encounter = { going: Running; schedule: Simulated; index: number; at: number };

/** A sweep over the starts with what still runs then. With `only`, what this one is part of. */
export function* encounters(
  schedules: readonly Simulated[],
  starts: Timeline,
  only?: Simulated,
): Generator<Encounter> {
  const shares = sharing(schedules);
  const active: Running[] = [];
  let soonest = Infinity;
  for (const [place, at] of starts.at.entries()) {
    const index = starts.index[place] ?? 0;
    const schedule = schedules[index];
    if (!schedule) continue;
    // Not at every one of some hundred thousand starts: many begin together.
    if (soonest <= at) soonest = dropEnded(active, at);
    const isAsked = !only || schedule === only;
    for (const going of first(active)) {
      if (going.index === index || !(isAsked || going.schedule === only)) continue;
      if (shares(index, going.index)) yield { going, schedule, index, at };
    }
    if (active.length === mostKept) continue;
    const until = at + schedule.duration.p90;
    active.push({ schedule, index, begun: at, until });
    soonest = Math.min(soonest, until);
  }
}

/** Those that are looked at. */
const first = (active: readonly Running[]): readonly Running[] =>
  active.length > mostActive ? active.slice(0, mostActive) : active;

/** Answers when the next one ends. */
function dropEnded(active: Running[], at: number): number {
  let [left, soonest] = [0, Infinity];
  for (const one of active) {
    if (one.until <= at) continue;
    active[left++] = one;
    soonest = Math.min(soonest, one.until);
  }
  active.length = left;
  return soonest;
}

/** All pairs that meet, with how often. With `only`, those that this one is part of. */
export function meetingsIn(
  schedules: readonly Simulated[],
  starts: Timeline,
  only?: Simulated,
): Meeting[] {
  const found = new Map<number, Meeting>();
  for (const { going, schedule, index, at } of encounters(schedules, starts, only)) {
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

/** The pairs that this one is part of, among those alone that share a namespace with it. */
export function meetingsOf(
  schedules: readonly Simulated[],
  slots: Slots,
  only: Simulated,
): Meeting[] {
  const among = schedules.filter((one) => one === only || sharedNamespaces(one, only) !== null);
  return meetingsIn(among, timeline(among, slots), only);
}

type Scope = Pick<Simulated, 'namespaces' | 'excluded'>;

/** Whether two of these schedules, by their places, have a namespace in common. */
function sharing(schedules: readonly Scope[]): (one: number, other: number) => boolean {
  const known = new Map<number, boolean>();
  const marks = marksOf(schedules);
  return (one, other) => {
    // Most have nothing in common, and it shows.
    if (((marks[one] ?? 0) & (marks[other] ?? 0)) === 0) return false;
    const key = one * schedules.length + other;
    const before = known.get(key);
    if (before !== undefined) return before;
    const [mine, theirs] = [schedules[one], schedules[other]];
    const answer = mine && theirs ? sharedNamespaces(mine, theirs) !== null : false;
    known.set(key, answer);
    return answer;
  };
}

/** Each namespace has one of 32 bits: where no bit is common, no namespace is. */
function marksOf(schedules: readonly Scope[]): Int32Array {
  const bits = new Map<string, number>();
  const bitOf = (name: string): number => {
    const bit = bits.get(name) ?? 1 << (bits.size % 32);
    bits.set(name, bit);
    return bit;
  };
  return Int32Array.from(schedules, ({ namespaces }) =>
    namespaces === 'all' ? -1 : namespaces.reduce((marks, name) => marks | bitOf(name), 0),
  );
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
