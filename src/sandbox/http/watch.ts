import type { ServerResponse } from 'node:http';
import { readStored, servedText } from '../api/manifest.models.ts';
import { apiVersionOf } from '../api/resource.types.ts';
import { type Selection, selects } from '../api/selectors.models.ts';
import type { Fault } from '../faults/faults.types.ts';
import { printJson } from '../json.models.ts';
import {
  StatusError,
  expired,
  fieldForbidden,
  invalidOptions,
  statusOf,
} from '../status.errors.ts';
import { type Change, type Stored, splitKey, textOf } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';
import type { Call } from './call.types.ts';
import { integerIn, revisionIn, selectionIn } from './list-options.models.ts';
import { asPartial, wantsPartial } from './partial.models.ts';

type Options = {
  selection: Selection;
  revision: number | undefined;
  initial: boolean;
  bookmarks: boolean;
  timeoutMs: number;
};

/** Checks before the stream starts: what is wrong here is a plain answer, not an event. */
export function watchOptions({ query, resource }: Call): Options {
  const sends = query.get('sendInitialEvents');
  const initial = sends === 'true' || sends === '1';
  if (initial && query.get('resourceVersionMatch') !== 'NotOlderThan') throw matchNeeded();
  const revision = revisionIn(query);
  return {
    selection: selectionIn(query, resource),
    revision,
    initial: initial || (sends === null && !revision),
    bookmarks: ['true', '1'].includes(query.get('allowWatchBookmarks') ?? ''),
    timeoutMs: integerIn(query, 'timeoutSeconds') * 1000,
  };
}

const matchNeeded = () =>
  invalidOptions('ListOptions', [
    fieldForbidden(
      'resourceVersionMatch',
      'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ),
  ]);

type Stream = { call: Call; world: World; options: Options; fault: Fault | undefined };

/** Streams events until the client, the timeout or a fault ends it. */
export function streamWatch(
  response: ServerResponse,
  { call, world, options, fault }: Stream,
): void {
  const write = writer(response, { call, options, fault });
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  const missed = missedChanges({ call, world, options });
  if (!missed || fault?.do === 'error-event') {
    const error =
      missed && fault?.do === 'error-event' ? failure(fault.code) : tooOld(options, world);
    response.end(`{"type":"ERROR","object":${printJson(statusOf(error))}}\n`);
    return;
  }
  if (options.initial) writeInitial({ call, world, options, fault }, write, response);
  for (const change of missed) write(change);
  const unsubscribe = world.store.subscribe((change) => {
    if (change.bucket === call.resource.bucket) write(change);
  });
  const bookmarks = setInterval(() => {
    if (options.bookmarks && fault?.do !== 'half-open')
      response.write(bookmark(call, world, false));
  }, world.bookmarkMs);
  const timeout = options.timeoutMs
    ? setTimeout(() => response.end(), options.timeoutMs)
    : undefined;
  response.on('close', () => {
    unsubscribe();
    clearInterval(bookmarks);
    clearTimeout(timeout);
  });
}

const tooOld = ({ revision = 0 }: Options, { store }: World) =>
  expired(`too old resource version: ${revision} (${store.revision()})`);

const failure = (code: number) =>
  code === 410
    ? expired('too old resource version: 1 (2)')
    : new StatusError({ code, reason: 'InternalError', message: 'the watch broke down' });

type Place = Omit<Stream, 'fault'>;

function missedChanges({ call, world, options }: Place): Change[] | undefined {
  if (options.initial || !options.revision) return [];
  return world.store.bucket(call.resource.bucket).since(options.revision);
}

type Write = (change: Change) => void;

function writeInitial(stream: Stream, write: Write, response: ServerResponse): void {
  const { call, world, options } = stream;
  const { store } = world;
  const { keys, get } = store.bucket(call.resource.bucket).viewAt(store.revision());
  for (const key of keys.slice()) {
    const after = get(key);
    if (after)
      write({ type: 'ADDED', bucket: call.resource.bucket, revision: after.revision, after });
  }
  if (options.bookmarks) response.write(bookmark(call, world, true));
}

/** Sends a change if it concerns this watch; a selection turns changes into comings and goings. */
function writer(response: ServerResponse, { call, options, fault }: Omit<Stream, 'world'>): Write {
  return (change) => {
    if (fault?.do === 'half-open') return;
    if (call.namespace && splitKey(change.after.key).namespace !== call.namespace) return;
    if (call.name && splitKey(change.after.key).name !== call.name) return;
    const type = typeFor(change, options.selection);
    if (!type) return;
    const text = servedText(call.resource, textOf(change.after));
    const line = `{"type":"${type}","object":${wantsPartial(call) ? asPartial(text) : text}}\n`;
    response.write(fault?.do === 'duplicate-events' ? line + line : line);
  };
}

function typeFor(
  { type, before, after }: Change,
  selection: Selection,
): Change['type'] | undefined {
  if (selection.labels.length + selection.fields.length === 0) return type;
  const matches = (stored: Stored | undefined) =>
    stored !== undefined && selects(selection, readStored(textOf(stored)));
  const [was, is] = [matches(before), type !== 'DELETED' && matches(after)];
  if (is) return was ? 'MODIFIED' : 'ADDED';
  return was ? 'DELETED' : undefined;
}

function bookmark({ resource }: Call, { store }: World, initialEnd: boolean): string {
  const metadata = {
    resourceVersion: String(store.revision()),
    ...(initialEnd && { annotations: { 'k8s.io/initial-events-end': 'true' } }),
  };
  const object = { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata };
  return `{"type":"BOOKMARK","object":${JSON.stringify(object)}}\n`;
}
