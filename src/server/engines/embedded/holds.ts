import { isObjectId } from './git.models.ts';
import type { Repository } from './open-repository.ts';
import { deleteRefs, listRefs, refPart, setRef } from './repository.ts';
import { backupUnknown } from './repository.errors.ts';

const heldBy = (by: string) => `refs/held/${refPart(by)}/`;

/** Keeps what a revision needs from being pruned, until `release`. */
export async function hold(
  repository: Repository | null,
  { revision, by }: { revision: string; by: string },
): Promise<void> {
  const found = isObjectId(revision) ? await repository?.reader.read(revision) : undefined;
  if (!repository || !found) throw backupUnknown(revision.slice(0, 40));
  await setRef(repository.gitDir, `${heldBy(by)}${revision}`, revision);
}

export async function release(repository: Repository | null, by: string): Promise<void> {
  if (!repository) return;
  const refs = await listRefs(repository.gitDir, heldBy(by));
  await deleteRefs(
    repository.gitDir,
    refs.map(({ name }) => name),
  );
}

let readings = 0;

/** While something is read, deleting and pruning must not take it away; a crash leaves no hold. */
export async function whileHeld<T>(
  { gitDir }: Repository,
  oid: string,
  act: () => Promise<T>,
): Promise<T> {
  readings += 1;
  const ref = `refs/reading/${process.pid}-${readings}`;
  await setRef(gitDir, ref, oid);
  try {
    return await act();
  } finally {
    await deleteRefs(gitDir, [ref]);
  }
}
