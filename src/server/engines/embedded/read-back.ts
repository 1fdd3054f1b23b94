import { createHash } from 'node:crypto';
import type { Keyring } from '../../platform/keyring.types.ts';
import { ProblemError } from '../../platform/problems.ts';
import type { BackupManifest } from '../engine.ts';
import { parsePath } from '../paths.models.ts';
import type { CaptureOrder } from './capture.types.ts';
import type { GitObject } from './answer-parser.ts';
import { createObjectReader, readAhead } from './object-reader.ts';
import { readBackFailed } from './repository.errors.ts';
import { objectsRoot, openStored } from './stored-objects.ts';
import { createTrees, type Leaf, type Trees } from './trees.ts';
import type { ObjectReader } from './object-reader.ts';

export type ReadBack = {
  objects: number;
  bytes: number;
  damaged: { path: string; oid: string; reason: string }[];
};

/** git checks no id when it reads (`cat-file`): computed anew here. */
function idOf({ type, content }: GitObject): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
}

/** Reads everything of a tree, folders too, and says what is not as it was written. */
export async function readBackTree(
  { reader }: { reader: ObjectReader },
  root: string,
  check: { keyring: Keyring; signal?: AbortSignal; onObject?: (read: ReadBack) => void },
): Promise<ReadBack> {
  const read: ReadBack = { objects: 0, bytes: 0, damaged: [] };
  const sound = soundReader(reader);
  const trees = createTrees(sound);
  const leaves = soundLeaves(trees, { oid: root, path: '' }, read.damaged);
  const examined = readAhead(leaves, (leaf) => examine(leaf, sound, check.keyring));
  for await (const { leaf, bytes, reason } of examined) {
    check.signal?.throwIfAborted();
    if (reason !== null) read.damaged.push({ ...leaf, reason });
    else if (leaf.path.startsWith(objectsRoot)) {
      read.objects += 1;
      read.bytes += bytes;
    }
    check.onObject?.(read);
  }
  return read;
}

/** A reader that refuses what does not have the id it was asked by. */
const soundReader = (reader: ObjectReader): Pick<ObjectReader, 'read'> => ({
  read: async (revision) => {
    const found = await reader.read(revision);
    if (found && idOf(found) !== found.oid) throw altered(revision);
    return found;
  },
});

const altered = (what: string) =>
  new ProblemError({
    code: 'repository.object_damaged',
    status: 500,
    title: `${what} cannot be read back: its content does not have its checksum.`,
    detail: 'The rest of the repository can still be read.',
  });

/** Folders that are damaged are named; the walk goes on beside them. */
async function* soundLeaves(
  trees: Trees,
  folder: Leaf,
  damaged: ReadBack['damaged'],
): AsyncGenerator<Leaf> {
  let entries: Awaited<ReturnType<Trees['tree']>>;
  try {
    entries = await trees.tree(folder.oid);
  } catch (error) {
    damaged.push({
      path: folder.path,
      oid: folder.oid,
      reason: `this folder: ${sentenceOf(error)}`,
    });
    return;
  }
  for (const { name, oid, isTree } of entries) {
    const path = folder.path === '' ? name : `${folder.path}/${name}`;
    if (isTree) yield* soundLeaves(trees, { path, oid }, damaged);
    else yield { path, oid };
  }
}

type Examined = { leaf: Leaf; bytes: number; reason: string | null };

async function examine(
  leaf: Leaf,
  reader: Pick<ObjectReader, 'read'>,
  keyring: Keyring,
): Promise<Examined> {
  try {
    const found = await reader.read(leaf.oid);
    if (!found) return { leaf, bytes: 0, reason: 'It is missing.' };
    if (!leaf.path.endsWith('.json')) return { leaf, bytes: found.content.length, reason: null };
    const { json } = openStored(keyring, leaf, found.content);
    return { leaf, bytes: json.length, reason: reasonAgainst(leaf.path, json) };
  } catch (error) {
    return { leaf, bytes: 0, reason: sentenceOf(error) };
  }
}

/** Null when the text is the object that the path says. */
function reasonAgainst(path: string, json: Buffer): string | null {
  const expected = parsePath(path);
  const parsed = readJson(json);
  if (parsed === undefined) return 'It is not JSON.';
  if (expected === null) return null;
  const name = (parsed as { metadata?: { name?: unknown } } | null)?.metadata?.name;
  return name === expected.name ? null : 'It is another object than its path says.';
}

function readJson(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString());
  } catch {
    return undefined; // the caller makes a sentence of it
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof ProblemError)) throw error;
  return error.problem.title;
}

/** After a full backup: every object is read back before anybody sees the backup. */
export async function readBackAll(
  { gitDir, ref }: Pick<CaptureOrder, 'gitDir' | 'ref'>,
  keyring: Keyring,
  manifest: BackupManifest,
): Promise<void> {
  const reader = createObjectReader(gitDir);
  try {
    const root = await createTrees(reader).root(ref);
    if (!root) throw readBackFailed(ref, 'The commit is missing.');
    const read = await readBackTree({ reader }, root.oid, { keyring });
    const [first] = read.damaged;
    if (first) throw readBackFailed(first.path, first.reason);
    if (read.objects !== manifest.objects || read.bytes !== manifest.bytes)
      throw readBackFailed(
        'resources',
        `${read.objects} objects of ${read.bytes} bytes instead of ${manifest.objects} of ${manifest.bytes}.`,
      );
  } finally {
    reader.close();
  }
}
