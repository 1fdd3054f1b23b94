/**
 * `kept`: what stands on screen. `now`: what there is. What stands keeps its place, in its newest
 * form; what came after its end is appended; what came in between waits, and is counted.
 */
export function steadyRows<Row>(
  kept: readonly Row[],
  now: readonly Row[],
  keyOf: (row: Row) => string,
): { rows: readonly Row[]; waiting: number } {
  if (kept.length === 0 || isSame(kept, now)) return { rows: now, waiting: 0 };
  const newest = new Map(now.map((row) => [keyOf(row), row]));
  const known = new Set(kept.map(keyOf));
  const end = now.findLastIndex((row) => known.has(keyOf(row)));
  const later = end === -1 ? [] : now.slice(end + 1);
  return {
    rows: [...kept.map((row) => newest.get(keyOf(row)) ?? row), ...later],
    waiting: now.filter((row) => !known.has(keyOf(row))).length - later.length,
  };
}

/** The usual case while somebody scrolls, which must not cost a look-up for each of 100,000 rows. */
const isSame = <Row>(kept: readonly Row[], now: readonly Row[]): boolean =>
  kept === now || (kept.length === now.length && kept.every((row, at) => row === now[at]));
