import type { ObjectChange } from '#shared/backups/contents.contract.ts';
import type { Keyring } from '../../platform/keyring.types.ts';
import { sealedBy } from '../../platform/seal.ts';
import { isInScope } from './contents.ts';
import { gitRecords } from './git.ts';
import { parseChange, type TreeChange } from './git.models.ts';
import { treeOf } from './manifest.ts';
import type { Repository } from './open-repository.ts';
import { openStored } from './stored-objects.ts';

/** Which objects differ between two backups, in the order of their paths. */
export async function* diffBackups(
  repository: Repository | null,
  keyring: Keyring,
  given: { from: string; to: string; namespaces: readonly string[] | 'all' },
): AsyncGenerator<ObjectChange> {
  const [from, to] = [await treeOf(repository, given.from), await treeOf(repository, given.to)];
  if (!repository || from.oid === to.oid) return;
  const args = ['diff-tree', '-r', '-z', '--no-renames', from.oid, to.oid, '--', 'resources/'];
  let head: string | undefined;
  for await (const record of gitRecords(repository.gitDir, args)) {
    if (head === undefined) {
      head = record;
      continue;
    }
    const change = parseChange(head, record);
    head = undefined;
    if (!isInScope(change.path, given.namespaces)) continue;
    const sealed = await sealing(repository, keyring, change);
    if (sealed !== 'only the seal differs')
      yield { path: change.path, change: change.change, sealed, changes: null };
  }
}

/** After a key was changed the same Secret is other bytes: then what is inside counts. */
async function sealing(
  { reader }: Repository,
  keyring: Keyring,
  { change, path, before, after }: TreeChange,
): Promise<boolean | 'only the seal differs'> {
  const found = await Promise.all(
    (change === 'added' ? [after] : change === 'removed' ? [before] : [before, after]).map(
      async (oid) => ({ oid, content: (await reader.read(oid))?.content ?? Buffer.alloc(0) }),
    ),
  );
  const keys = found.map(({ content }) => sealedBy(content));
  const isSealed = keys.some((key) => key !== null);
  if (!isSealed || keys.length < 2 || keys[0] === keys[1]) return isSealed;
  const [old, now] = found.map(({ oid, content }) => openStored(keyring, { path, oid }, content));
  return old && now && old.json.equals(now.json) ? 'only the seal differs' : true;
}
