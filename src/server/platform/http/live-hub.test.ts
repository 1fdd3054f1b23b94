import { connect, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { Binding } from '#shared/access/access.contract.ts';
import { liveApi } from '#shared/live/live.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { type Person, testApp, testLog } from '../../testing/app.ts';
import { createLiveHub } from './live-hub.ts';

const bind = (over: Partial<Binding>): Binding => ({
  role: 'viewer',
  cluster: '*',
  namespaces: null,
  extra: [],
  ...over,
});
const everything: Person = { bindings: [bind({})] };
const shopOnly: Person = { bindings: [bind({ cluster: 'prod', namespaces: ['shop'] })] };

const run = (doing = 'Listing pods'): Run => ({
  id: '01936f5e-0000-7000-8000-000000000001',
  cluster: 'prod',
  kind: 'backup',
  state: 'running',
  reason: null,
  backup: 'nightly-1',
  plan: null,
  priority: 'high',
  schedule: null,
  slot: null,
  createdBy: 'ada',
  createdAt: '2026-11-23T12:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  progress: { doing, items: { done: 1, total: null }, bytes: { done: 1, total: null } },
  problem: null,
  result: null,
});
const event = (doing?: string) => ({ type: 'run', cluster: 'prod', run: run(doing) }) as const;

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function start(options: Partial<Parameters<typeof createLiveHub>[0]> = {}) {
  const given = { person: everything as Person };
  // The person is one for all readers here: rights are looked at again only where a test is about that.
  const once = { recheckMs: 3_600_000 };
  const hub = createLiveHub({ log: testLog().log, epoch: 'e1', ...once, ...options });
  const { app, end, lines } = await testApp({
    person: () => given.person,
    register: ({ handleEvents }) =>
      handleEvents(liveApi.stream, (_, actor, stream) => hub.open(actor, stream)),
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  endings.push(end, hub.close);
  const read = async (person: Person, lastEventId?: string) => {
    given.person = person;
    const before = hub.readers();
    const reader = await open(port, lastEventId);
    await vi.waitFor(() => expect(reader.text()).toContain('\r\n\r\n'));
    return { ...reader, opened: hub.readers() > before };
  };
  return { hub, read, given, lines };
}

async function open(port: number, lastEventId?: string) {
  const socket: Socket = connect(port, '127.0.0.1');
  let received = '';
  let ended = false;
  socket.on('data', (data) => void (received += data.toString()));
  socket.on('close', () => void (ended = true));
  socket.on('error', () => undefined);
  const resume = lastEventId ? `last-event-id: ${lastEventId}\r\n` : '';
  socket.write(`GET /api/live HTTP/1.1\r\nhost: localhost\r\n${resume}\r\n`);
  endings.push(() => socket.destroy());
  const data = () =>
    [...received.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json) as unknown);
  return { socket, text: () => received, data, ended: () => ended };
}

test('who may read the whole cluster gets the run itself, the others only that it changed', async () => {
  const { hub, read } = await start();
  const whole = await read(everything);
  const part = await read(shopOnly);
  hub.publish(event(), ['shop']);
  await vi.waitFor(() => expect(part.data()).toHaveLength(1));
  expect(whole.data()).toEqual([event()]);
  expect(part.data()).toEqual([{ type: 'changed', cluster: 'prod', what: 'run', id: run().id }]);
  expect(part.text()).not.toContain('nightly-1');
});

test('a person hears nothing of namespaces and clusters that are not theirs', async () => {
  const { hub, read } = await start();
  const part = await read(shopOnly);
  hub.publish(event(), ['pay']);
  hub.publish(event(), ['shop', 'pay']);
  hub.publish(event(), 'all');
  hub.publish({ ...event(), cluster: 'dev' }, 'all');
  hub.publish({ type: 'changed', cluster: 'prod', what: 'backups', id: 'last' }, 'all');
  await vi.waitFor(() => expect(part.text()).toContain('last'));
  expect(part.data()).toHaveLength(1);
});

test('a stream carries the security headers and tells caches and proxies to stay out', async () => {
  const { read } = await start();
  const { text } = await read(everything);
  expect(text()).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(text()).toMatch(/content-type: text\/event-stream; charset=utf-8\r\n/i);
  expect(text()).toMatch(/cache-control: no-store\r\n/i);
  expect(text()).toMatch(/content-security-policy: default-src 'none'/i);
});

test('a reader that comes back gets what it missed, filtered by what it may read now', async () => {
  const { hub, read } = await start();
  for (const doing of ['one', 'two', 'three']) hub.publish(event(doing), ['shop']);
  hub.publish(event('four'), ['pay']);
  const whole = await read(everything, 'e1-2');
  await vi.waitFor(() => expect(whole.data()).toEqual([event('three'), event('four')]));
  const part = await read(shopOnly, 'e1-2');
  await vi.waitFor(() => expect(part.data()).toHaveLength(1));
});

test.each([
  ['older than what is remembered', 'e1-1'],
  ['of another process', 'e0-5'],
  ['of the future', 'e1-99'],
  ['that no stream gave', '<script>'],
])('an event id %s is answered by: read everything again', async (_, id) => {
  const { hub, read } = await start({ ringSize: 2 });
  for (const doing of ['1', '2', '3', '4', '5']) hub.publish(event(doing), 'all');
  const reader = await read(everything, id);
  await vi.waitFor(() => expect(reader.data()).toEqual([{ type: 'resync' }]));
  expect(reader.text()).toContain('id: e1-5\n');
});

test('a stream ends soon after its session, and narrows when its rights do', async () => {
  const { hub, read, given } = await start({ recheckMs: 60 });
  const reader = await read(everything);
  given.person = shopOnly;
  await new Promise((resolve) => setTimeout(resolve, 150));
  hub.publish(event('hidden'), ['pay']);
  given.person = 'nobody';
  await vi.waitFor(() => expect(reader.ended()).toBe(true));
  expect(reader.text()).not.toContain('hidden');
  expect(hub.readers()).toBe(0);
});

test('a reader that does not read is dropped, the others go on', async () => {
  const { hub, read } = await start();
  const slow = await read(everything);
  const quick = await read(everything);
  slow.socket.pause();
  const big = event('x'.repeat(100_000));
  for (let at = 0; at < 200 && hub.readers() === 2; at += 1) {
    hub.publish(big, 'all');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(hub.readers()).toBe(1);
  hub.publish(event('still here'), 'all');
  await vi.waitFor(() => expect(quick.text()).toContain('still here'));
});

test('one person cannot hold all the streams there are', async () => {
  const { hub, read } = await start({ perPerson: 2 });
  await read(everything);
  const second = await read(everything);
  const third = await read(everything);
  expect(third.text()).toMatch(/^HTTP\/1.1 429 [\s\S]*retry-after: 5[\s\S]*live\.too_many/);
  second.socket.destroy();
  await vi.waitFor(() => expect(hub.readers()).toBe(1));
  expect((await read(everything)).opened).toBe(true);
});

test('silence is filled with a sign of life, so that a dead connection is noticed', async () => {
  const { read } = await start({ heartbeatMs: 10 });
  const reader = await read(everything);
  await vi.waitFor(() => expect(reader.text()).toContain(': still here\n\n'));
  expect(reader.data()).toEqual([]);
});

test('who is not signed in gets no stream', async () => {
  const { read } = await start();
  expect((await read('nobody')).text()).toMatch(/^HTTP\/1.1 401 [\s\S]*access\.sign_in_needed/);
});
