import { isObject, type Json, printCanonically, printJson } from '../json/lossless.ts';
import type { Change } from './contents.contract.ts';

/** Stands for a value that must not be shown; a JSON text like every other value of a change. */
export const hiddenValue = '"(hidden)"';

/**
 * The values in which two documents differ, in the order of `before`, what was added last. Lists are
 * compared place by place. The deepest differing value is named; an empty answer means equal.
 */
export function diffJson(before: Json | undefined, after: Json | undefined): Change[] {
  const changes: Change[] = [];
  collect({ before, after, path: '' }, changes);
  return changes;
}

/** The same changes with every value hidden: for sealed kinds, of which only names may be seen. */
export const hideValues = (changes: readonly Change[]): Change[] =>
  changes.map(({ path, before, after }) => ({ path, before: hide(before), after: hide(after) }));

type Pair = { before: Json | undefined; after: Json | undefined; path: string };

function collect({ before, after, path }: Pair, changes: Change[]): void {
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let at = 0; at < Math.max(before.length, after.length); at += 1)
      collect({ before: before[at], after: after[at], path: `${path}/${at}` }, changes);
    return;
  }
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const inside = `${path}/${escapeKey(key)}`;
      collect({ before: own(before, key), after: own(after, key), path: inside }, changes);
    }
    return;
  }
  if (print(before, printCanonically) !== print(after, printCanonically))
    changes.push({ path, before: print(before, printJson), after: print(after, printJson) });
}

/** Only what the document itself holds: a key may be called `constructor`. */
const own = (value: { [key: string]: Json }, key: string): Json | undefined =>
  Object.hasOwn(value, key) ? value[key] : undefined;

const print = (value: Json | undefined, printer: (value: Json) => string): string | null =>
  value === undefined ? null : printer(value);

const hide = (value: string | null) => (value === null ? null : hiddenValue);

/** RFC 6901, section 3. */
const escapeKey = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
