import { count } from '../../words/format.models.ts';
import type { Remedy } from '../preview.contract.ts';
import { remedyOf } from './finding.models.ts';
import type { Slots } from './meetings.models.ts';
import { gapsOf, lookedAt } from './occurrences.models.ts';
import { missingIn } from '../takes.models.ts';
import type { Stretch } from '../window.models.ts';
import { mostReplaced, type Simulated, type World } from './simulation.types.ts';

type Known = { slots: Slots; world: Pick<World, 'now'> };

/** Each slot of either has one of the other nearer than a tenth of the interval. */
export function comesWith(one: Simulated, other: Simulated, { slots, world }: Known): boolean {
  const [mine, theirs] = [slots.get(one) ?? [], slots.get(other) ?? []];
  const gaps = [gapsOf(mine)?.shortest, gapsOf(theirs)?.shortest];
  const near = Math.min(...gaps.map((gap) => gap ?? 0)) / 10;
  if (near === 0 || Math.abs(mine.length - theirs.length) > 2) return false;
  return (
    alone(mine, theirs, near).every(isCutOff(lookedAt(other, theirs, world.now), near)) &&
    alone(theirs, mine, near).every(isCutOff(lookedAt(one, mine, world.now), near))
  );
}

/** Those that have none of the others near them. */
function alone(mine: readonly number[], theirs: readonly number[], near: number): number[] {
  let next = 0;
  return mine.filter((at) => {
    while ((theirs[next] ?? Infinity) < at - near) next += 1;
    return Math.abs((theirs[next] ?? Infinity) - at) > near;
  });
}

/** What would be near to it may lie before, or after, the time that was looked at. */
const isCutOff =
  ({ from, until }: Stretch, near: number) =>
  (at: number): boolean =>
    at - near <= from || at + near > until;

/** Of the same kinds in the same way, and kept equally long: equal texts make the same backups. */
export const mannerOf = ({ takes, retention }: Simulated): string =>
  JSON.stringify([takes, retention]);

/** Promises of its own: who goes first, and how much may be lost. An urgent one rests for no low one. */
const promisesOf = ({ priority, overlap, targetRpo }: Simulated): string =>
  JSON.stringify([priority, overlap, targetRpo]);

/** Those that `mover` can do the work of: alike but for their namespaces, at nearly the same times. */
export const mergeable = (
  mover: Simulated,
  others: readonly Simulated[],
  known: Known,
): Simulated[] =>
  others.filter(
    (other) =>
      other !== mover &&
      // Nobody lets rest what they may not see.
      !other.isForeign &&
      mannerOf(other) === mannerOf(mover) &&
      promisesOf(other) === promisesOf(mover) &&
      missingIn(mover, other) !== null &&
      comesWith(mover, other, known),
  );

/** One schedule instead of several: `mover` takes what the others take, and they rest. */
export function mergeOf(mover: Simulated, all: readonly Simulated[]): Remedy[] {
  const others = all.slice(0, mostReplaced);
  if (others.length === 0) return [];
  const added = [...new Set(others.flatMap((other) => missingIn(mover, other) ?? []))].toSorted();
  const names = others.map(({ name }) => name);
  const rest = `let ${names.length === 1 ? names.join('') : `${names.length} others`} rest`;
  const label =
    added.length === 0 ? `Merge: ${rest}` : `Merge: take ${namesOf(added)} too, and ${rest}`;
  const { namespaces } = mover;
  const change =
    added.length === 0 || namespaces === 'all' ? {} : { namespaces: [...namespaces, ...added] };
  return [remedyOf({ kind: 'merge', label, change, replaces: names })];
}

const namesOf = (added: readonly string[]): string =>
  added.length > 2 ? count(added.length, 'more namespace') : added.join(' and ');
