import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createKubernetesClient } from './client.ts';
import { createExchange } from './exchange.ts';
import { createLink } from './link.ts';
import {
  type Answering,
  clientOf,
  clusterRoles,
  configMaps,
  json,
  quick,
  serve,
  status,
} from './testing/server.ts';
import { defaultTiming } from './timing.models.ts';

const page = { kind: 'ConfigMapList', apiVersion: 'v1', metadata: {}, items: [] };
const at = { resource: configMaps, namespace: 'shop', name: 'web' };

test('a page is the bytes that the server sent, 64-bit integers and unknown fields included', async () => {
  const sent = '{"kind":"ConfigMapList", "items":[{"n":9223372036854775807,"future":{ }}]}\n';
  const server = await serve((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(sent);
  });
  const { body } = await clientOf(server).list(configMaps, {});
  expect(body.toString()).toBe(sent);
});

test('a list asks for pages of 500 with its selectors, encoded', async () => {
  const server = await serve((_, response) => json(response, page));
  const selectors = { labelSelector: 'app in (a,b)', fieldSelector: 'metadata.name=x' };
  await clientOf(server).list(configMaps, {
    namespace: 'shop',
    continueToken: 'a+/=',
    ...selectors,
  });
  expect(server.requests.at(0)?.url).toBe(
    '/api/v1/namespaces/shop/configmaps?limit=500&continue=a%2B%2F%3D&labelSelector=app%20in%20(a%2Cb)&fieldSelector=metadata.name%3Dx',
  );
});

test.each([
  ['system:node', 'system%3Anode'],
  ['a\nb', 'a%0Ab'],
  ['ä?#', '%C3%A4%3F%23'],
])('the legal name %j is addressed as %s', async (name, encoded) => {
  const server = await serve((_, response) => json(response, {}));
  await clientOf(server).get({ resource: clusterRoles, name });
  expect(server.requests.at(0)?.url).toBe(
    `/apis/rbac.authorization.k8s.io/v1/clusterroles/${encoded}`,
  );
});

test.each(['', '.', '..', 'a/b', 'a%2Fb', '\ud800'])(
  'the name %j, which no object can have, is never sent',
  async (name) => {
    const server = await serve((_, response) => json(response, {}));
    const asked = clientOf(server).get({ resource: clusterRoles, name });
    await expect(asked).rejects.toMatchObject({ status: 0, reason: 'InvalidName' });
    expect(server.requests).toEqual([]);
  },
);

test('a refusal carries status, reason, message and details of the server', async () => {
  const server = await serve((_, response) =>
    json(response, status(404, 'NotFound', 'configmaps "web" not found'), 404),
  );
  await expect(clientOf(server).get(at)).rejects.toMatchObject({
    status: 404,
    reason: 'NotFound',
    message: 'configmaps "web" not found',
    details: { name: 'web' },
  });
  expect(server.requests).toHaveLength(1);
});

test('what another service than Kubernetes says is not repeated', async () => {
  const server = await serve((_, response) => {
    response.writeHead(403, { 'content-type': 'text/plain; of=marker' });
    response.end('marker-from-inside');
  });
  const refused = await clientOf(server).get(at).catch(String);
  expect(refused).toContain('answered 403, but not as Kubernetes does');
  expect(refused).not.toContain('marker');
});

test('a name is followed to the cluster also where link-local addresses are refused', async () => {
  const { port, requests } = await serve((_, response) => json(response, {}));
  const server = `http://localhost:${port}`;
  const client = createKubernetesClient({
    server,
    source: async () => ({ server, guarded: true, credentials: {} }),
    timing: quick,
  });
  onTestFinished(() => client.close());
  await client.get(at);
  expect(requests).toHaveLength(1);
});

const html: Answering = (_, response) => {
  response.setHeader('content-type', 'text/html');
  response.end('<html>Sign in to the network</html>');
};
const ends =
  (body: string | Buffer, headers = {}): Answering =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
const cutOff =
  (headers: Record<string, string>): Answering =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.write('{"items":[{"a":{}},{"b":{}}', () => response.socket?.resetAndDestroy());
  };
/** Ends with the connection, as HTTP/1.0 does: nothing says that it came too early. */
const withoutLength: Answering = (_, response) => {
  response.socket?.end(
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{"items":[{"a":{}',
  );
};
const stalls: Answering = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"items":[');
};
const drips: Answering = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};
const gzipped = gzipSync('{"items":[]}');

test('an object that ends early is an error, wherever it was cut', async () => {
  const server = await serve(ends('{"metadata":{"name":"web"}'));
  const asked = clientOf(server, { tries: 1 }).get(at);
  await expect(asked).rejects.toMatchObject({ reason: 'InvalidBody' });
});

const faults: [string, Answering, string][] = [
  ['HTML from a proxy', html, 'InvalidBody'],
  ['a JSON document that ends early', ends('{"items":[{"a":1}, '), 'InvalidBody'],
  ['an empty body', ends(''), 'InvalidBody'],
  ['a body without a length that ends early', withoutLength, 'InvalidBody'],
  ['bytes that are not UTF-8', ends(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), 'InvalidBody'],
  ['a cut gzip', ends(gzipped.subarray(0, -8), { 'content-encoding': 'gzip' }), 'InvalidBody'],
  ['an unknown encoding', ends('{}', { 'content-encoding': 'br' }), 'InvalidBody'],
  ['a reset in the middle', cutOff({}), 'ConnectionLost'],
  ['a reset before the stated length', cutOff({ 'content-length': '100' }), 'ConnectionLost'],
  ['a reset before the headers', (request) => request.socket.resetAndDestroy(), 'ConnectionLost'],
  ['no answer', () => {}, 'Timeout'],
  ['a stall in the middle', stalls, 'Timeout'],
  ['a body that drips', drips, 'Timeout'],
];

test.each(faults)('%s is never a page, but an error after all tries', async (_, fault, reason) => {
  const server = await serve(fault);
  const asked = clientOf(server, { tries: 2, total: 300 }).list(configMaps, {});
  await expect(asked).rejects.toMatchObject({ status: 0, reason });
  expect(server.requests).toHaveLength(2);
});

test.each(faults)('%s once does not disturb a reader', async (_, fault) => {
  const server = await serve((request, response, turn) =>
    turn === 1 ? fault(request, response, turn) : json(response, page),
  );
  const { body } = await clientOf(server, { total: 300 }).list(configMaps, {});
  expect(JSON.parse(body.toString())).toEqual(page);
});

test.each(faults)(
  'after %s nobody knows whether a write was made: it is not repeated',
  async (_, fault) => {
    const server = await serve(fault);
    const written = clientOf(server, { total: 300 }).create(at, '{}');
    await expect(written).rejects.toMatchObject({ status: 0, reason: 'OutcomeUnknown' });
    expect(server.requests).toHaveLength(1);
  },
);

test.each([500, 502, 503, 504])(
  'a reader tries again after %i, a writer does not',
  async (code) => {
    const server = await serve((_, response) => json(response, status(code, 'Broken'), code));
    const client = clientOf(server, { tries: 3 });
    await expect(client.get(at)).rejects.toMatchObject({ status: code });
    expect(server.requests).toHaveLength(3);
    await expect(client.update(at, '{}')).rejects.toMatchObject({ status: code });
    expect(server.requests).toHaveLength(4);
  },
);

test.each([
  ['seconds', () => '1'],
  ['an HTTP date', () => new Date(Date.now() + 2_000).toUTCString()],
])('a write waits out a 429 with Retry-After in %s', async (_, after) => {
  const server = await serve((_request, response, turn) => {
    if (turn > 1) return json(response, {});
    response.setHeader('retry-after', after());
    json(response, status(429, 'TooManyRequests'), 429);
  });
  const begun = Date.now();
  await clientOf(server).create(at, '{}');
  expect(Date.now() - begun).toBeGreaterThan(950);
  expect(Date.now() - begun).toBeLessThan(3_000);
  expect(server.requests).toHaveLength(2);
});

test('a Retry-After that is longer than anyone waits is an error that says how long', async () => {
  const server = await serve((_, response) => {
    response.setHeader('retry-after', '3600');
    json(response, status(429, 'TooManyRequests'), 429);
  });
  await expect(clientOf(server).get(at)).rejects.toMatchObject({
    status: 429,
    retryAfter: 3_600_000,
  });
  expect(server.requests).toHaveLength(1);
});

test('dry runs, deletes bound to a uid and access reviews are repeated, other deletes are not', async () => {
  const server = await serve((_, response, turn) =>
    turn % 2 === 1
      ? json(response, status(503, 'ServiceUnavailable'), 503)
      : json(response, { status: { allowed: true } }),
  );
  const client = clientOf(server);
  await client.create(at, '{}', { dryRun: true });
  await client.delete(at, { uid: 'u' });
  expect(await client.mayI({ verb: 'get', group: '', resource: 'pods/log' })).toEqual({
    allowed: true,
    reason: '',
  });
  expect(server.requests).toHaveLength(6);
  await expect(client.delete(at)).rejects.toMatchObject({ status: 503 });
});

test('writes name dry run, preconditions, propagation and sub-resource, and let unknown fields pass', async () => {
  const bodies: string[] = [];
  const server = await serve((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      json(response, {});
    });
  });
  const client = clientOf(server);
  await client.update(at, '{"a":1}', { subresource: 'status', dryRun: true });
  await client.patch(at, { type: 'json', body: '[]' });
  const preconditions = { uid: 'u-1', resourceVersion: '7' };
  await client.delete(at, { ...preconditions, propagation: 'Orphan', dryRun: true });
  const url = '/api/v1/namespaces/shop/configmaps/web';
  const query = 'fieldManager=lifeboat&fieldValidation=Ignore';
  expect(server.requests.map(({ method, url: asked }) => `${method} ${asked}`)).toEqual([
    `PUT ${url}/status?${query}&dryRun=All`,
    `PATCH ${url}?${query}`,
    `DELETE ${url}`,
  ]);
  expect(server.requests.at(1)?.headers['content-type']).toBe('application/json-patch+json');
  expect(bodies.slice(0, 2)).toEqual(['{"a":1}', '[]']);
  expect(JSON.parse(bodies[2] ?? '')).toEqual({
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    preconditions,
    propagationPolicy: 'Orphan',
    dryRun: ['All'],
  });
});

test('many requests refused together ask for new credentials once, and all succeed', async () => {
  let token = 'old';
  let asked = 0;
  const server = await serve((request, response) =>
    request.headers.authorization === 'Bearer new'
      ? json(response, page)
      : json(response, status(401, 'Unauthorized'), 401),
  );
  const client = createKubernetesClient({
    server: server.url,
    source: async (refused) => {
      asked++;
      if (refused?.token === 'old') token = 'new';
      return { server: server.url, credentials: { token } };
    },
  });
  await Promise.all([1, 2, 3, 4, 5].map(() => client.list(configMaps, {})));
  expect(asked).toBe(2);
  await client.close();
});

test('credentials refused twice are an error, not a loop', async () => {
  const server = await serve((_, response) => json(response, status(401, 'Unauthorized'), 401));
  await expect(clientOf(server).get(at)).rejects.toMatchObject({ status: 401 });
  expect(server.requests).toHaveLength(2);
});

test('credentials are asked anew when they have expired', async () => {
  let now = 0;
  const server = await serve((_, response) => json(response, page));
  const client = createKubernetesClient({
    server: server.url,
    now: () => now,
    source: async () => ({
      server: server.url,
      credentials: { token: `at-${now}`, expiresAt: now + 1_000 },
    }),
  });
  for (now of [0, 999, 1_000]) await client.list(configMaps, {});
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer at-0',
    'Bearer at-0',
    'Bearer at-1000',
  ]);
  await client.close();
});

test('a source that fails says why, and nothing is sent', async () => {
  const client = createKubernetesClient({
    server: 'https://prod.example',
    source: async () => {
      throw new Error('the sign-in program is gone');
    },
  });
  await expect(client.version()).rejects.toMatchObject({
    reason: 'NoCredentials',
    message: 'No credentials for https://prod.example: the sign-in program is gone',
  });
});

test('an unreachable server is tried again, then named; no write is in doubt', async () => {
  const client = createKubernetesClient({
    server: 'http://127.0.0.1:1',
    source: async () => ({ server: 'http://127.0.0.1:1', credentials: {} }),
    timing: { backoffBase: 1, tries: 3 },
  });
  await expect(client.create(at, '{}')).rejects.toMatchObject({
    reason: 'Unreachable',
    message: expect.stringContaining('http://127.0.0.1:1 cannot be reached'),
  });
  await client.close();
});

test('an aborted call ends with the reason it was aborted for', async () => {
  const server = await serve(() => {});
  const reason = new Error('run canceled');
  const controller = new AbortController();
  const asked = clientOf(server).list(configMaps, { signal: controller.signal });
  setTimeout(() => controller.abort(reason), 20);
  await expect(asked).rejects.toBe(reason);
  expect(server.requests).toHaveLength(1);
});

test('a caller whose patience ends during a pause learns what the pause was for', async () => {
  const server = await serve((_, response) => json(response, status(503, 'Restarting'), 503));
  const client = clientOf(server, { backoffBase: 60_000, backoffCap: 60_000 });
  const signal = AbortSignal.timeout(100);
  await expect(client.list(configMaps, { signal })).rejects.toMatchObject({ reason: 'Restarting' });
});

test('the server behind a path prefix is reached, and its clock is known', async () => {
  const server = await serve((_, response) => {
    response.setHeader('date', 'Mon, 23 Nov 2026 12:00:00 GMT');
    json(response, { gitVersion: 'v1.34.4' });
  });
  const url = `${server.url}/k8s/clusters/c-1/`;
  const client = clientOf({ ...server, url });
  expect(client.serverTime()).toBeNull();
  expect(await client.version()).toBe('v1.34.4');
  expect(client.serverTime()).toBe(Date.UTC(2026, 10, 23, 12));
  expect(server.requests.at(0)?.url).toBe('/k8s/clusters/c-1/version');
});

test('a call that is given up while credentials are looked for is never sent', async () => {
  const server = await serve((_, response) => json(response, page));
  const controller = new AbortController();
  const reason = new Error('enough');
  const client = createKubernetesClient({
    server: server.url,
    source: async () => {
      controller.abort(reason);
      return { server: server.url, credentials: {} };
    },
    timing: quick,
  });
  onTestFinished(() => client.close());
  const asked = client.list(configMaps, { signal: controller.signal });
  await expect(asked).rejects.toBe(reason);
  expect(server.requests).toEqual([]);
});

test('a plain-text path is handed over as it is', async () => {
  const server = await serve((_, response) => response.end('ok'));
  expect((await clientOf(server).raw('/readyz')).toString()).toBe('ok');
});

test('only answers that cross a wire are asked for compressed, and are unzipped', async () => {
  const server = await serve((request, response) => {
    const zip = request.headers['accept-encoding'] === 'gzip';
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(zip ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(zip ? gzipped : '{"plain":true}');
  });
  const near = clientOf(server);
  expect((await near.get(at)).toString()).toBe('{"plain":true}');
  const far = await farExchange(server.url);
  expect((await far({ method: 'GET', path: '/api', repeatable: true })).body.toString()).toBe(
    '{"items":[]}',
  );
});

/** The same loopback server, taken for one far away. */
async function farExchange(url: string) {
  const link = createLink({
    server: url,
    source: async () => ({ server: url, credentials: {} }),
    now: Date.now,
    timing: defaultTiming,
  });
  const session = { ...(await link.current()), gzip: true };
  return createExchange({
    server: url,
    link: { ...link, current: async () => session },
    timing: defaultTiming,
    now: Date.now,
    random: Math.random,
    onDate: () => {},
  });
}

test.each([
  ['no answer', () => {}],
  ['a stall in the middle', stalls],
])(
  '%s is noticed long before the time for the whole answer is over',
  async (_, fault: Answering) => {
    const server = await serve(fault);
    const begun = Date.now();
    const asked = clientOf(server, { tries: 1, total: 60_000 }).get(at);
    await expect(asked).rejects.toMatchObject({ reason: 'Timeout' });
    expect(Date.now() - begun).toBeLessThan(3_000);
  },
);
