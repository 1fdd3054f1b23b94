/** Which namespaces backups hold. */
export type Taken = { namespaces: readonly string[] | 'all'; excluded: readonly string[] };

/**
 * The namespaces that `one` would have to take as well, to hold all that `other` holds. Null: it never
 * can, because the other takes the whole cluster, or because `one` leaves out what the other takes.
 */
export function missingIn(one: Taken, other: Taken): readonly string[] | null {
  const left = new Set(one.excluded);
  const theirs = new Set(other.excluded);
  if (other.namespaces === 'all')
    return one.namespaces === 'all' && [...left].every((name) => theirs.has(name)) ? [] : null;
  const wanted = other.namespaces.filter((name) => !theirs.has(name));
  if (wanted.some((name) => left.has(name))) return null;
  if (one.namespaces === 'all') return [];
  const mine = new Set(one.namespaces);
  return wanted.filter((name) => !mine.has(name));
}
