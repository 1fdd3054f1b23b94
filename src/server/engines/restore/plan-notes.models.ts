import type { RestoreOptions } from '#shared/restores/restores.contract.ts';
import type { BackedUpKind } from '#shared/backups/backups.contract.ts';
import { count } from '#shared/words/format.models.ts';
import type { Candidate } from './plan-scan.ts';

export type LiveNamespaces = ReadonlyMap<string, { terminating: boolean }>;
type Found = Pick<Candidate, 'at' | 'place' | 'alsoNeeded'>;
type Given = {
  source: { manifest: { kinds: readonly Pick<BackedUpKind, 'resource' | 'read'>[] } };
  options: RestoreOptions;
};

/** What the reader of a plan should know first: sentences, the gravest first. */
export function notesOf(
  { source, options }: Given,
  { found, namespaces }: { found: readonly Found[]; namespaces: LiveNamespaces },
): string[] {
  const absent = namespacesWithout(options, found);
  const unread = source.manifest.kinds.filter(({ read }) => read !== 'complete');
  const claims = found.filter(({ at }) => at.resource === 'persistentvolumeclaims').length;
  const leaving = leavingOf(found, namespaces);
  return [
    absent.length > 0 ? `${sayWithout(absent)}.` : '',
    unread.length > 0
      ? `The backup is partial: ${unread.map(({ resource }) => resource).join(', ')} could not be read completely when it was made.`
      : '',
    claims > 0
      ? `The data of ${count(claims, 'volume claim')} is not in the backup: a claim comes back, its data only if its volume still exists.`
      : '',
    leaving.length > 0
      ? `${leaving.join(', ')} ${leaving.length === 1 ? 'is' : 'are'} being deleted just now: the restore waits until that is over.`
      : '',
    options.dryRun ? 'Only a dry run: nothing will be written.' : '',
  ].filter((note) => note !== '');
}

/** The namespaces that were asked for and of which nothing was found: most often a slip of the pen. */
export function namespacesWithout(
  { namespaces = [] }: Pick<RestoreOptions, 'namespaces'>,
  found: Iterable<Found>,
): string[] {
  const seen = new Set<string | null>();
  for (const { at, alsoNeeded } of found)
    if (!alsoNeeded) seen.add(at.resource === 'namespaces' ? at.name : at.namespace);
  return namespaces.filter((name) => !seen.has(name));
}

/** Without its full stop. */
export const sayWithout = (namespaces: readonly string[]): string =>
  `Nothing of what was asked for is in the ${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${namespaces.join(', ')} of the backup`;

function leavingOf(found: readonly Found[], namespaces: LiveNamespaces): string[] {
  const wanted = new Set(
    found.map(({ place }) => (place.resource === 'namespaces' ? place.name : place.namespace)),
  );
  return [...namespaces].flatMap(([name, { terminating }]) =>
    terminating && wanted.has(name) ? [name] : [],
  );
}
