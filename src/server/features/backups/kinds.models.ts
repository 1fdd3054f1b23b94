import type { BackedUpKind } from '#shared/backups/backups.contract.ts';
import type { ContentEntry } from '#shared/backups/contents.contract.ts';
import type { Reach } from '../../platform/runs.types.ts';

/**
 * The kinds of a backup as a reader may see them. For people bound to namespaces: only namespaced
 * kinds, with the counts of theirs; the API server's own reason may name other namespaces.
 */
export function kindsFor(
  kinds: readonly BackedUpKind[],
  reach: Reach,
  folders: readonly ContentEntry[],
): BackedUpKind[] {
  if (reach === 'all') return [...kinds];
  const counts = new Map(folders.map(({ name, objects, bytes }) => [name, { objects, bytes }]));
  return kinds
    .filter(
      ({ namespaced, resource, read }) =>
        namespaced && (counts.has(resource) || read !== 'complete'),
    )
    .map((kind) => ({
      ...kind,
      ...(counts.get(kind.resource) ?? { objects: 0, bytes: 0 }),
      reason: kind.reason === null ? null : 'It could not be read completely.',
    }));
}
