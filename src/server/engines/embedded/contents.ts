import type { ContentEntry } from '#shared/backups/contents.contract.ts';
import type { BackupManifest } from '../engine.ts';
import { parsePath } from '../paths.models.ts';
import { quotePath, type TreeEntry, unquotePath } from './git.models.ts';
import { manifestOf, treeOf } from './manifest.ts';
import type { Repository } from './open-repository.ts';
import { readAhead } from './object-reader.ts';
import type { Trees } from './trees.ts';

type Counts = { objects: number; bytes: number };
type Namespaces = readonly string[] | 'all';

/**
 * One level of a backup below `prefix`. Counts of whole kinds come from the manifest; below, bytes
 * of sealed objects are those of their sealed form.
 */
export async function listContents(
  repository: Repository | null,
  given: { backup: string; prefix: string; namespaces: Namespaces },
): Promise<ContentEntry[]> {
  const tree = await treeOf(repository, given.backup);
  if (!repository) return [];
  const manifest = await manifestOf(repository, { backup: given.backup, tree });
  const folder = unquotePath(given.prefix).replace(/\/$/, '');
  const level = folder === '' ? tree.entries : await levelAt(repository, tree, folder);
  const listed: ContentEntry[] = [];
  for (const entry of level) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!isVisible(path, given.namespaces)) continue;
    const counts = await countsOf(repository, {
      entry,
      path,
      manifest,
      namespaces: given.namespaces,
    });
    if (counts.objects > 0) listed.push(contentEntry(entry, { path, manifest, counts }));
  }
  return listed;
}

function contentEntry(
  { name, isTree }: TreeEntry,
  given: { path: string; manifest: BackupManifest; counts: Counts },
): ContentEntry {
  const kind = given.path.split('/')[1];
  return {
    path: quotePath(given.path),
    name,
    entry: isTree ? 'folder' : 'object',
    ...given.counts,
    sealed: given.manifest.kinds.some(({ resource, sealed }) => sealed && resource === kind),
  };
}

async function levelAt(
  { trees }: Repository,
  tree: { oid: string; entries: TreeEntry[] },
  folder: string,
): Promise<TreeEntry[]> {
  const entry = await trees.find(tree, folder);
  return entry?.isTree ? trees.tree(entry.oid) : [];
}

/** Only `resources/` is for people; who is bound to namespaces sees nothing cluster-scoped. */
function isVisible(path: string, namespaces: Namespaces): boolean {
  const [root, , place, namespace] = path.split('/');
  if (root !== 'resources') return false;
  if (namespaces === 'all' || place === undefined) return true;
  return place === 'namespaces' && (namespace === undefined || namespaces.includes(namespace));
}

/** Whether an object may be seen by a reader who is bound to these namespaces. */
export const isInScope = (path: string, namespaces: Namespaces): boolean =>
  namespaces === 'all' || namespaces.includes(parsePath(path)?.namespace ?? '');

async function countsOf(
  repository: Repository,
  given: { entry: TreeEntry; path: string; manifest: BackupManifest; namespaces: Namespaces },
): Promise<Counts> {
  const { entry, path, manifest, namespaces } = given;
  const [, kind, place, namespace] = path.split('/');
  if (namespaces === 'all' && place === undefined) {
    if (kind === undefined) return manifest;
    return manifest.kinds.find(({ resource }) => resource === kind) ?? { objects: 0, bytes: 0 };
  }
  if (kind === undefined && namespaces !== 'all') return ofNamespaces(manifest, namespaces);
  if (namespaces === 'all' || namespace !== undefined) return below(repository, entry);
  return below(repository, entry, (folder) => isVisible(`${path}/${folder}`, namespaces));
}

const ofNamespaces = ({ perNamespace }: BackupManifest, namespaces: readonly string[]): Counts =>
  [...new Set(namespaces)].reduce(
    (sum, namespace) => {
      const one = Object.hasOwn(perNamespace, namespace) ? perNamespace[namespace] : undefined;
      return { objects: sum.objects + (one?.objects ?? 0), bytes: sum.bytes + (one?.bytes ?? 0) };
    },
    { objects: 0, bytes: 0 },
  );

const cached = new WeakMap<Repository, Map<string, Counts>>();

/** Objects and bytes below an entry, known by its id from then on: trees never change. */
async function below(
  repository: Repository,
  { oid, isTree }: TreeEntry,
  wants?: (path: string) => boolean,
): Promise<Counts> {
  const known = cached.get(repository) ?? new Map<string, Counts>();
  cached.set(repository, known);
  const hit = wants ? undefined : known.get(oid);
  if (hit) return hit;
  const counts = { objects: 0, bytes: 0 };
  const leaves = leavesBelow(repository.trees, { oid, isTree }, wants);
  for await (const found of readAhead(leaves, (leaf) => repository.sizes.read(leaf), 256)) {
    counts.objects += 1;
    counts.bytes += found?.size ?? 0;
  }
  if (!wants) known.set(oid, counts);
  return counts;
}

async function* leavesBelow(
  trees: Trees,
  { oid, isTree }: Pick<TreeEntry, 'oid' | 'isTree'>,
  wants: (path: string) => boolean = () => true,
): AsyncGenerator<string> {
  if (!isTree) {
    yield oid;
    return;
  }
  for (const entry of await trees.tree(oid)) {
    if (!wants(entry.name)) continue;
    if (!entry.isTree) yield entry.oid;
    else {
      const inner = (path: string) => wants(`${entry.name}/${path}`);
      yield* leavesBelow(trees, entry, inner);
    }
  }
}
