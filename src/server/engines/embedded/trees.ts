import { objectDamaged } from './git.errors.ts';
import { type TreeEntry, parseTree } from './git.models.ts';
import type { ObjectReader } from './object-reader.ts';

/** A file of a backup. */
export type Leaf = { path: string; oid: string };

export type Trees = {
  /** The tree of a commit or a tree; null when there is none. */
  root: (revision: string) => Promise<Tree | null>;
  tree: (oid: string) => Promise<TreeEntry[]>;
  /** What is at a path below a tree; null when nothing is. */
  find: (tree: Tree, path: string) => Promise<TreeEntry | null>;
  /** Every file below, in bytewise order of the paths: git sorts folders as if they ended in `/`. */
  walk: (entries: TreeEntry[], prefix: string) => AsyncGenerator<Leaf>;
};
export type Tree = { oid: string; entries: TreeEntry[] };

const cacheBytes = 24 * 1024 * 1024;
/** A parsed entry takes about this many times the bytes that git stores. */
const parsedFactor = 4;

/** Trees by id: they never change, and backups share most of them. */
export function createTrees(reader: Pick<ObjectReader, 'read'>): Trees {
  const cache = createTreeCache();
  const tree = async (oid: string): Promise<TreeEntry[]> => {
    const hit = cache.get(oid);
    if (hit) return hit;
    const found = await reader.read(oid);
    if (!found) throw objectDamaged(`The folder ${oid}`, 'it is missing');
    return cache.keep(oid, parsed(oid, found.content), found.size);
  };
  const walk = async function* (entries: TreeEntry[], prefix: string): AsyncGenerator<Leaf> {
    for (const { name, oid, isTree } of entries) {
      if (isTree) yield* walk(await tree(oid), `${prefix}${name}/`);
      else yield { path: `${prefix}${name}`, oid };
    }
  };
  const find: Trees['find'] = async ({ entries }, path) => {
    const [name, ...deeper] = path.split('/');
    const entry = entries.find((one) => one.name === name) ?? null;
    if (deeper.length === 0 || !entry?.isTree) return deeper.length === 0 ? entry : null;
    return find({ oid: entry.oid, entries: await tree(entry.oid) }, deeper.join('/'));
  };
  const root: Trees['root'] = async (revision) => {
    const found = await reader.read(`${revision}^{tree}`);
    return found && { oid: found.oid, entries: parsed(found.oid, found.content) };
  };
  return { tree, walk, find, root };
}

/** The least recently used go first. */
function createTreeCache() {
  const cache = new Map<string, { entries: TreeEntry[]; bytes: number }>();
  let cached = 0;
  return {
    get: (oid: string) => {
      const hit = cache.get(oid);
      if (!hit) return undefined;
      cache.delete(oid);
      cache.set(oid, hit);
      return hit.entries;
    },
    keep: (oid: string, entries: TreeEntry[], size: number) => {
      const bytes = size * parsedFactor;
      cached += bytes - (cache.get(oid)?.bytes ?? 0);
      cache.set(oid, { entries, bytes });
      for (const [oldest, { bytes: freed }] of cache) {
        if (cached <= cacheBytes) break;
        cache.delete(oldest);
        cached -= freed;
      }
      return entries;
    },
  };
}

function parsed(oid: string, content: Buffer): TreeEntry[] {
  try {
    return parseTree(content);
  } catch {
    throw objectDamaged(`The folder ${oid}`, 'it is not what git wrote');
  }
}
