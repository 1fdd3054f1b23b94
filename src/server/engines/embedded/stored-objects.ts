import type { Keyring } from '../../platform/keyring.types.ts';
import { ProblemError } from '../../platform/problems.ts';
import { sealedBy } from '../../platform/seal.ts';
import type { StoredObject } from '../engine.ts';
import { objectDamaged } from './git.errors.ts';
import type { Repository } from './open-repository.ts';
import { readAhead } from './object-reader.ts';
import type { Leaf, Tree } from './trees.ts';

export const objectsRoot = 'resources/';

/** An object as the API server sent it; opened when it was sealed. */
export async function readStored(
  { reader }: Pick<Repository, 'reader'>,
  keyring: Keyring,
  { path, oid }: Leaf,
): Promise<StoredObject> {
  const found = await reader.read(oid).catch((error: unknown) => {
    throw error instanceof ProblemError ? objectDamaged(path, reasonOf(error)) : error;
  });
  if (!found) throw objectDamaged(path, 'it is missing');
  return openStored(keyring, { path, oid }, found.content);
}

export function openStored(keyring: Keyring, { path, oid }: Leaf, content: Buffer): StoredObject {
  const sealed = sealedBy(content) !== null;
  return { path, oid, sealed, json: sealed ? keyring.open(path, content) : content };
}

const reasonOf = ({ problem }: ProblemError) => problem.title.replace(/^.*read back: |\.$/g, '');

/** The objects of a backup in the order of their paths, read a little ahead. */
export async function* readObjects(
  repository: Repository,
  keyring: Keyring,
  { tree, wants }: { tree: Tree; wants: (path: string) => boolean },
): AsyncGenerator<StoredObject> {
  const leaves = filtered(objectLeaves(repository, tree), wants);
  yield* readAhead(leaves, (leaf) => readStored(repository, keyring, leaf));
}

export async function* objectLeaves({ trees }: Repository, tree: Tree): AsyncGenerator<Leaf> {
  const root = await trees.find(tree, objectsRoot.slice(0, -1));
  if (root?.isTree) yield* trees.walk(await trees.tree(root.oid), objectsRoot);
}

async function* filtered(leaves: AsyncIterable<Leaf>, wants: (path: string) => boolean) {
  for await (const leaf of leaves) if (wants(leaf.path)) yield leaf;
}
