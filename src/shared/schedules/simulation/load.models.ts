import { dayLength } from '../../time/lengths.models.ts';
import { slotsOf, slotsOfEach } from './occurrences.models.ts';
import { type Simulated, simulatedDays, type World } from './simulation.types.ts';

const minute = 60_000;
const horizon = simulatedDays * dayLength;

/** How many runs of others go on in each minute of the 14 days, and where nothing may begin. */
export function loadOf(others: readonly Simulated[], world: World): Uint16Array {
  const loads = new Uint16Array(horizon / minute + 1);
  const most = slotsOfEach(others.length);
  for (const other of others) addLoad(loads, other, { now: world.now, most });
  for (const { from, until } of world.blackouts)
    addTo(loads, { from: from - world.now, length: until - from, by: closed });
  return loads;
}

/** One more that runs beside the others. */
export function addLoad(
  loads: Uint16Array,
  one: Simulated,
  { now, most = slotsOfEach(1) }: { now: number; most?: number },
): void {
  for (const at of slotsOf(one, now, { most }))
    addTo(loads, { from: at - now, length: one.duration.p90, by: 1 });
}

/** A minute in which nothing may begin counts as this many runs. */
const closed = 100;

function addTo(
  loads: Uint16Array,
  { from, length, by }: { from: number; length: number; by: number },
): void {
  const last = Math.min(loads.length - 1, Math.floor((from + Math.max(length, 1) - 1) / minute));
  for (let at = Math.max(0, Math.floor(from / minute)); at <= last; at += 1)
    loads[at] = (loads[at] ?? 0) + by;
}

/** For how many minutes of the 14 days it would go on beside others; closed minutes weigh much more. */
export function loadAt(one: Simulated, loads: Uint16Array, { now }: World): number {
  let load = 0;
  for (const at of slotsOf(one, now)) {
    const last = Math.floor((at - now + Math.max(one.duration.p90, 1) - 1) / minute);
    for (let place = Math.floor((at - now) / minute); place <= last; place += 1)
      load += loads[place] ?? 0;
  }
  return load;
}
