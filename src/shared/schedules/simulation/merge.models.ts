import { count } from '../../words/format.models.ts';
import type { Remedy } from '../preview.contract.ts';
import { remedyOf } from './finding.models.ts';
import type { Slots } from './meetings.models.ts';
import { gapsOf } from './occurrences.models.ts';
import type { Simulated } from './simulation.types.ts';

/** Each slot of one has one of the other nearer than a tenth of the interval; at the ends one may be cut off. */
export function comesWith(one: Simulated, other: Simulated, slots: Slots): boolean {
  const [mine, theirs] = [slots.get(one) ?? [], slots.get(other) ?? []];
  const interval = gapsOf(mine)?.shortest;
  if (interval === undefined || Math.abs(mine.length - theirs.length) > 1) return false;
  const inside = mine.slice(1, -1);
  let near = 0;
  return (inside.length > 0 ? inside : mine).every((at) => {
    while ((theirs[near] ?? Infinity) < at - interval / 10) near += 1;
    return Math.abs((theirs[near] ?? Infinity) - at) <= interval / 10;
  });
}

/** Of the same kinds in the same way, and kept equally long: equal texts can be one schedule. */
export const mannerOf = ({ takes, retention }: Simulated): string =>
  JSON.stringify([takes, retention]);

/** Those that `mover` can do the work of: alike but for their namespaces, at nearly the same times. */
export const mergeable = (
  mover: Simulated,
  others: readonly Simulated[],
  slots: Slots,
): Simulated[] =>
  others.filter(
    (other) =>
      other !== mover &&
      mannerOf(other) === mannerOf(mover) &&
      addedBy(mover, other) !== null &&
      comesWith(mover, other, slots),
  );

/** One schedule instead of several: `mover` takes what the others take, and they rest. */
export function mergeOf(mover: Simulated, others: readonly Simulated[]): Remedy[] {
  if (others.length === 0) return [];
  const added = [...new Set(others.flatMap((other) => addedBy(mover, other) ?? []))].toSorted();
  const [first = ''] = others.map(({ name }) => name);
  const rest = `let ${others.length === 1 ? first : `${others.length} others`} rest`;
  const label =
    added.length === 0 ? `Merge: ${rest}` : `Merge: take ${namesOf(added)} too, and ${rest}`;
  const { namespaces } = mover;
  const change =
    added.length === 0 || namespaces === 'all' ? {} : { namespaces: [...namespaces, ...added] };
  return [remedyOf({ kind: 'merge', label, change, replaces: others.map(({ name }) => name) })];
}

const namesOf = (added: readonly string[]): string =>
  added.length > 2 ? count(added.length, 'more namespace') : added.join(' and ');

/** The namespaces that `mover` would have to take as well; null: it cannot take what the other takes. */
function addedBy(mover: Simulated, other: Simulated): readonly string[] | null {
  if (mover.namespaces === 'all') return leavesOutOf(mover, other) ? null : [];
  if (other.namespaces === 'all' || mover.excluded.length + other.excluded.length > 0) return null;
  const mine = new Set(mover.namespaces);
  return other.namespaces.filter((name) => !mine.has(name));
}

/** The whole cluster but some, and the other takes one of those. */
const leavesOutOf = ({ excluded }: Simulated, { namespaces, excluded: theirs }: Simulated) =>
  excluded.some(
    (name) => !theirs.includes(name) && (namespaces === 'all' || namespaces.includes(name)),
  );
