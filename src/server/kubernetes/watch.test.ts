import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createKubernetesClient } from './client.ts';
import type { WatchEvent } from './client.types.ts';
import {
  type Answering,
  clientOf,
  configMaps,
  json,
  quick,
  serve,
  status,
} from './testing/server.ts';
import type { Timing } from './timing.models.ts';

type Item = { name: string; rv: string; uid?: string };
const object = ({ name, rv, uid = `uid-${name}` }: Item) => ({
  metadata: { name, namespace: 'shop', uid, resourceVersion: rv },
});
const list = (rv: string, items: Item[], next = '') => ({
  kind: 'ConfigMapList',
  apiVersion: 'v1',
  metadata: { resourceVersion: rv, continue: next },
  items: items.map(object),
});
const event = (type: string, item: Item) =>
  `${JSON.stringify({ type, object: { kind: 'ConfigMap', apiVersion: 'v1', ...object(item) } })}\n`;
const bookmark = (rv: string) =>
  `${JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: rv } } })}\n`;
const errorEvent = (code: number, reason: string) =>
  `${JSON.stringify({ type: 'ERROR', object: status(code, reason) })}\n`;

function stream(response: ServerResponse, ...parts: (string | Buffer)[]): ServerResponse {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  for (const part of parts) response.write(part);
  return response;
}

type Script = { lists: Answering[]; watches: Answering[] };

/** Answers lists and watches in the order of the script; its last entry answers all the rest. */
async function cluster({ lists, watches }: Script, timing: Partial<Timing> = {}) {
  const asked = { lists: [] as string[], watches: [] as string[] };
  const server = await serve((request, response, turn) => {
    const watching = request.url?.includes('watch=true') === true;
    const seen = watching ? asked.watches : asked.lists;
    const script = watching ? watches : lists;
    seen.push(request.url ?? '');
    const answer = script[Math.min(seen.length, script.length) - 1];
    answer?.(request, response, turn);
  });
  return { ...observe(clientOf(server, timing)), asked, server };
}

function observe(client: ReturnType<typeof clientOf>) {
  const events: string[] = [];
  const objects: WatchEvent[] = [];
  const trouble: (string | null)[] = [];
  const controller = new AbortController();
  const ended = client.watch(configMaps, {
    namespace: 'shop',
    signal: controller.signal,
    onTrouble: (reason) => trouble.push(reason),
    onEvent: (seen) => {
      objects.push(seen);
      events.push(
        seen.type === 'SYNCED'
          ? `SYNCED ${seen.resourceVersion}`
          : `${seen.type} ${seen.object.metadata.name} ${seen.object.metadata.uid}`,
      );
    },
  });
  onTestFinished(async () => {
    controller.abort();
    await ended;
  });
  return { events, objects, trouble, controller, ended };
}

const lists =
  (...page: Parameters<typeof list>): Answering =>
  (_, response) =>
    json(response, list(...page));
const streams =
  (...parts: (string | Buffer)[]): Answering =>
  (_, response) =>
    void stream(response, ...parts);
const streamsAndEnds =
  (...parts: (string | Buffer)[]): Answering =>
  (_, response) =>
    void stream(response, ...parts).end();
const refuses =
  (code: number, reason: string, headers = {}): Answering =>
  (_, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
    json(response, status(code, reason), code);
  };
const a = { name: 'a', rv: '1' };
const b = { name: 'b', rv: '2' };

test('a watch lists all pages, says so once, then follows from that version with bookmarks', async () => {
  const { events, asked, objects } = await cluster({
    lists: [lists('10', [a], 'next'), lists('10', [b])],
    watches: [streams(event('MODIFIED', { ...a, rv: '11' }), event('DELETED', { ...b, rv: '12' }))],
  });
  await vi.waitFor(() => expect(events).toHaveLength(5));
  expect(events).toEqual([
    'ADDED a uid-a',
    'ADDED b uid-b',
    'SYNCED 10',
    'MODIFIED a uid-a',
    'DELETED b uid-b',
  ]);
  expect(asked.lists).toEqual([
    '/api/v1/namespaces/shop/configmaps?limit=500',
    '/api/v1/namespaces/shop/configmaps?limit=500&continue=next',
  ]);
  const query = new URL(asked.watches[0] ?? '', 'http://x').searchParams;
  expect(query.get('resourceVersion')).toBe('10');
  expect(query.get('allowWatchBookmarks')).toBe('true');
  expect(Number(query.get('timeoutSeconds'))).toBeGreaterThanOrEqual(300);
  expect(Number(query.get('timeoutSeconds'))).toBeLessThanOrEqual(600);
  expect(objects[0]).toMatchObject({ object: { apiVersion: 'v1', kind: 'ConfigMap' } });
});

test('a watch that ends is continued where it was, bookmarks included; repeated events are dropped', async () => {
  const again = event('ADDED', { name: 'c', rv: '12' });
  const { events, asked, trouble } = await cluster({
    lists: [lists('10', [a])],
    watches: [streamsAndEnds(again, again, bookmark('40')), streams(again)],
  });
  await vi.waitFor(() => expect(asked.watches).toHaveLength(2));
  expect(asked.watches[1]).toContain('resourceVersion=40');
  expect(asked.lists).toHaveLength(1);
  expect(events).toEqual(['ADDED a uid-a', 'SYNCED 10', 'ADDED c uid-c']);
  expect(trouble).toEqual([]);
});

test.each([
  ['in the answer', refuses(410, 'Expired')],
  ['as an ERROR inside a stream that began well', streams(errorEvent(410, 'Expired'))],
])('after a 410 %s the list is made anew: only differences are told', async (_, gone) => {
  const same = { name: 'same', rv: '5' };
  const reborn = { name: 'reborn', rv: '6', uid: 'first' };
  const { events, objects, trouble } = await cluster({
    lists: [
      lists('10', [a, b, same, reborn]),
      lists('20', [{ ...a, rv: '15' }, same, { name: 'reborn', rv: '16', uid: 'second' }]),
    ],
    watches: [gone, streams()],
  });
  await vi.waitFor(() => expect(events.at(-1)).toBe('SYNCED 20'));
  expect(events.slice(5)).toEqual([
    'MODIFIED a uid-a',
    'DELETED reborn first',
    'ADDED reborn second',
    'DELETED b uid-b',
    'SYNCED 20',
  ]);
  expect(objects.at(-2)).toEqual({
    type: 'DELETED',
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'b', namespace: 'shop', uid: 'uid-b', resourceVersion: '2' },
    },
  });
  expect(trouble).toEqual([]);
});

test('when the continue token expires half-way, nothing is reported gone and the list begins again', async () => {
  const { events } = await cluster({
    lists: [lists('10', [a], 'next'), refuses(410, 'Expired'), lists('11', [a, b])],
    watches: [streams()],
  });
  await vi.waitFor(() => expect(events).toContain('SYNCED 11'));
  expect(events).toEqual(['ADDED a uid-a', 'ADDED b uid-b', 'SYNCED 11']);
});

test('a storm of 410 leads to at most one list per gap', async () => {
  const { asked } = await cluster(
    { lists: [lists('10', [a])], watches: [refuses(410, 'Expired')] },
    { relistGap: 100, backoffBase: 1, watchBackoffCap: 1 },
  );
  await new Promise((resolve) => setTimeout(resolve, 550));
  expect(asked.lists.length).toBeGreaterThan(2);
  expect(asked.lists.length).toBeLessThanOrEqual(6);
});

test('a server that ends every watch at once is not asked in a hot loop', async () => {
  const { asked } = await cluster(
    { lists: [lists('10', [a])], watches: [streamsAndEnds()] },
    { backoffBase: 100, watchBackoffCap: 100, relistGap: 1_000 },
  );
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(asked.watches.length).toBeLessThan(40);
});

test('a connection that went silent is opened again where it was, without a word', async () => {
  const { asked, events, trouble } = await cluster({
    lists: [lists('10', [a])],
    watches: [streams(bookmark('30')), streams(event('ADDED', { name: 'c', rv: '31' }))],
  });
  await vi.waitFor(() => expect(events).toContain('ADDED c uid-c'), 3_000);
  expect(asked.watches[1]).toContain('resourceVersion=30');
  expect(asked.lists).toHaveLength(1);
  expect(trouble).toEqual([]);
});

const partOf = (text: string) => text.slice(0, text.length / 2);
const html: Answering = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<html>');
};
const resets: Answering = (_, response) => {
  stream(response, partOf(event('ADDED', b)));
  setTimeout(() => response.socket?.resetAndDestroy(), 20);
};

test.each([
  ['a reset in the middle of an event', resets],
  ['an answer of 500', refuses(500, 'InternalError')],
  ['an answer of 503 with Retry-After', refuses(503, 'Restarting', { 'retry-after': '0' })],
  ['an answer of 429', refuses(429, 'TooManyRequests')],
  ['an answer of 403', refuses(403, 'Forbidden')],
  ['HTML from a proxy', html],
  ['an ERROR that is no 410', streams(errorEvent(500, 'InternalError'))],
  ['a line that is no JSON', streams('{"type":\n')],
  ['an event of an unknown type', streams('{"type":"WHAT","object":{}}\n')],
  ['an object without a name', streams('{"type":"ADDED","object":{"metadata":{}}}\n')],
  ['bytes that are not UTF-8', streams(Buffer.from([0x22, 0xff, 0x22, 10]))],
])('after %s the watch says so, goes on where it was, and says that too', async (_, fault) => {
  const { events, trouble, asked } = await cluster({
    lists: [lists('10', [a])],
    watches: [fault, streams(event('ADDED', { name: 'c', rv: '11' }))],
  });
  await vi.waitFor(() => expect(events).toContain('ADDED c uid-c'));
  expect(events).toEqual(['ADDED a uid-a', 'SYNCED 10', 'ADDED c uid-c']);
  expect(trouble).toEqual([expect.any(String), null]);
  expect(asked.lists).toHaveLength(1);
});

test('a list that fails is told as trouble until one succeeds', async () => {
  const { events, trouble } = await cluster(
    { lists: [refuses(503, 'Restarting'), lists('10', [a])], watches: [streams()] },
    { tries: 1 },
  );
  await vi.waitFor(() => expect(events).toContain('SYNCED 10'));
  expect(trouble).toEqual(['Restarting', null]);
});

test('the Retry-After of a refused watch is waited out', async () => {
  const { asked } = await cluster({
    lists: [lists('10', [a])],
    watches: [refuses(429, 'TooManyRequests', { 'retry-after': '1' }), streams()],
  });
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(asked.watches).toHaveLength(1);
  await vi.waitFor(() => expect(asked.watches).toHaveLength(2), 2_000);
});

test('a token that expires while watching is asked anew, and nothing is lost', async () => {
  let token = 'old';
  const server = await serve((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`)
      return json(response, status(401, 'Unauthorized'), 401);
    if (request.url?.includes('watch=true') !== true) return json(response, list('10', [a]));
    if (token === 'new') return void stream(response, event('ADDED', { name: 'c', rv: '11' }));
    token = 'new';
    stream(response).end();
  });
  const client = createKubernetesClient({
    server: server.url,
    source: async (refused) => ({
      server: server.url,
      credentials: { token: refused ? token : 'old' },
    }),
    timing: quick,
  });
  const { events, trouble } = observe(client);
  await vi.waitFor(() => expect(events).toContain('ADDED c uid-c'));
  expect(trouble).toEqual([]);
});

test('events that come in small pieces, or many in one, are read as they are', async () => {
  const text = event('ADDED', { name: 'ü', rv: '11' }) + event('ADDED', { name: 'd', rv: '12' });
  const bytes = Buffer.from(text);
  const { events } = await cluster({
    lists: [lists('10', [])],
    watches: [
      (_, response) => {
        stream(response);
        let at = 0;
        const timer = setInterval(() => {
          if (at >= bytes.length) return clearInterval(timer);
          response.write(bytes.subarray(at, (at += 97)));
        }, 1);
      },
    ],
  });
  await vi.waitFor(() => expect(events).toHaveLength(3), 3_000);
  expect(events).toEqual(['SYNCED 10', 'ADDED ü uid-ü', 'ADDED d uid-d']);
});

test('10,000 events in one go all arrive, in order', async () => {
  const many = Array.from({ length: 10_000 }, (_, n) =>
    event('ADDED', { name: `n${n}`, rv: `${n}` }),
  );
  const { events } = await cluster({ lists: [lists('10', [])], watches: [streams(many.join(''))] });
  await vi.waitFor(() => expect(events).toHaveLength(10_001), 5_000);
  expect(events.at(-1)).toBe('ADDED n9999 uid-n9999');
});

test('an aborted watch ends quietly, in a pause as well as in a stream', async () => {
  const quiet = await cluster({ lists: [lists('10', [a])], watches: [streams()] });
  await vi.waitFor(() => expect(quiet.asked.watches).toHaveLength(1));
  quiet.controller.abort();
  await expect(quiet.ended).resolves.toBeUndefined();
  const failing = await cluster(
    { lists: [refuses(403, 'Forbidden')], watches: [] },
    { backoffBase: 60_000, watchBackoffCap: 60_000 },
  );
  await vi.waitFor(() => expect(failing.trouble).toHaveLength(1));
  failing.controller.abort();
  await expect(failing.ended).resolves.toBeUndefined();
});

test('what the reader of the events throws is not taken for a broken connection', async () => {
  const server = await serve(lists('10', [a]));
  const watched = clientOf(server).watch(configMaps, {
    signal: new AbortController().signal,
    onEvent: () => {
      throw new Error('queue full');
    },
  });
  await expect(watched).rejects.toThrow('queue full');
});
