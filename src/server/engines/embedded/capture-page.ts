import type { ApiResource } from '../../kubernetes/client.types.ts';
import type { Keyring } from '../../platform/keyring.types.ts';
import { formatPath, resourceName } from '../paths.models.ts';
import {
  addFile,
  type Commands,
  type Content,
  contentOf,
  inOnePiece,
  sizeOf,
  takeCommands,
} from './commands.ts';
import { apiVersionOf } from './kinds.models.ts';
import { type ScannedItem, scanObject } from './list-scanner.ts';

export type Counts = { objects: number; bytes: number };

/** What a kind has given so far. */
export type KindTally = {
  /** By namespace, `''`: cluster-scoped. */
  byNamespace: Map<string, Counts>;
  seen: Set<string>;
  names: { namespace: string; name: string }[] | null;
  uids: string[] | null;
  /** Objects that cannot be stored under their name. */
  unstorable: number;
};

export const newTally = (keep: { names: boolean; uids: boolean }): KindTally => ({
  byNamespace: new Map(),
  seen: new Set(),
  names: keep.names ? [] : null,
  uids: keep.uids ? [] : null,
  unstorable: 0,
});

export type PageContext = {
  resource: ApiResource;
  /** Undefined: this kind is not sealed. */
  seal: Keyring['seal'] | undefined;
  /** Ids of the blobs of the last capture. */
  known: ReadonlySet<string>;
  wants: (item: ScannedItem) => boolean;
  tally: KindTally;
  commands: Commands;
  /** Uids read under another group of the same plural; undefined: there is none. */
  twins: Set<string> | undefined;
};

/** Items become commands for git; those of the last capture are named by their id only. */
export function cutItems(
  body: Buffer,
  items: readonly ScannedItem[],
  context: PageContext,
): Uint8Array<ArrayBuffer> {
  for (const item of items) cutItem(body, item, context);
  return takeCommands(context.commands);
}

/** The same for a body that is one object. */
export const cutObject = (body: Buffer, context: PageContext): Uint8Array<ArrayBuffer> =>
  cutItems(body, [scanObject(body)], context);

function cutItem(body: Buffer, item: ScannedItem, context: PageContext): void {
  const { tally, resource, commands, seal, known, wants } = context;
  if (!wants(item)) return;
  if (!isStorable(item, resource)) {
    tally.unstorable += 1;
    return;
  }
  if (isRepeated(item, context)) return;
  const path = formatPath({
    resource: resourceName(resource),
    namespace: resource.namespaced ? item.namespace : null,
    name: item.name,
  });
  const json = withType(body, item, resource);
  count(tally, item, sizeOf(json));
  const content = seal ? contentOf(seal(path, inOnePiece(commands, json))) : json;
  addFile(commands, { path, content }, known);
}

/** Items of built-in kinds come without apiVersion and kind: the list's are put in front, no byte else changes. */
function withType(source: Buffer, item: ScannedItem, resource: ApiResource): Content {
  const { start, end, hasApiVersion, hasKind } = item;
  if (hasApiVersion && hasKind) return { prefix: nothing, source, start, end };
  const kind = hasKind ? '' : `"kind":${JSON.stringify(resource.kind)},`;
  const version = hasApiVersion ? '' : `"apiVersion":${JSON.stringify(apiVersionOf(resource))},`;
  return { prefix: Buffer.from(`{${kind}${version}`), source, start: start + 1, end };
}
const nothing = Buffer.alloc(0);

/** Some aggregated APIs repeat themselves; an object served under two groups is stored once. */
function isRepeated({ namespace, name, uid }: ScannedItem, { tally, twins }: PageContext): boolean {
  const key = `${namespace}/${name}`;
  if (tally.seen.has(key) || (uid !== '' && twins?.has(uid))) return true;
  tally.seen.add(key);
  if (uid !== '') tally.uids?.push(uid);
  return false;
}

/** An API server takes no such names; a broken aggregated API might. */
function isStorable({ name, namespace }: ScannedItem, { namespaced }: ApiResource): boolean {
  const isPart = (text: string) => text !== '' && !/[/\0]/.test(text);
  return (
    isPart(name) &&
    name !== '.git' &&
    (!namespaced || (isPart(namespace) && !/^\.|\.git$/i.test(namespace)))
  );
}

function count(tally: KindTally, { namespace, name }: ScannedItem, bytes: number): void {
  const counts = tally.byNamespace.get(namespace) ?? { objects: 0, bytes: 0 };
  counts.objects += 1;
  counts.bytes += bytes;
  tally.byNamespace.set(namespace, counts);
  tally.names?.push({ namespace, name });
}
