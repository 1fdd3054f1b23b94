/**
 * Rows in portions that one statement can take: SQLite binds at most 32,766 values, so this fits tables
 * of up to 32 columns.
 */
export function* inPieces<T>(rows: readonly T[], size = 1000): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}
