import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { ProblemError } from '../../../platform/problems.ts';
import { exportBackup } from './export-backup.ts';
import { each, input, objectAt, someObjects } from './testing/input.ts';

const secretAccessKey = 'planted-secret-key';
const empty = '<ListBucketResult></ListBucketResult>';

type Asked = { method: string; path: string; length: number };
type Reply = (asked: Asked, response: ServerResponse, request: IncomingMessage) => void;

/** A real HTTP server that remembers what it was asked. */
async function serve(reply: Reply) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const one = { method: request.method ?? '', path: request.url ?? '', length: body.length };
      asked.push(one);
      reply(one, response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const target = (endpoint: string, prefix?: string) => ({
  includeSecrets: false,
  s3: {
    endpoint,
    region: 'us-east-1',
    bucket: 'backups',
    accessKeyId: 'planted-key-id',
    secretAccessKey,
    ...(prefix === undefined ? {} : { prefix }),
  },
});

async function failureOf(given: Parameters<typeof input>[0]): Promise<ProblemError> {
  const error: unknown = await exportBackup(input(given)).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw new Error(`Not a problem: ${String(error)}`);
  return error;
}

test('contents come first, the description last, all below the prefix', async () => {
  const { asked, endpoint } = await serve((_, response) => response.end(empty));
  await exportBackup(input({ target: target(endpoint, '/clusters/prod/') }));
  const put = asked.filter(({ method }) => method === 'PUT').map(({ path }) => path);
  const place = '/backups/clusters/prod/backups/nightly-1';
  expect(put[0]).toBe(`${place}/nightly-1.tar.gz`);
  expect(put.at(-1)).toBe(`${place}/velero-backup.json`);
  expect(put).toHaveLength(9);
});

test.each([
  ['an unknown bucket', 404, 'NoSuchBucket', 'export.bucket_unknown'],
  ['a wrong key', 403, 'InvalidAccessKeyId', 'export.credentials_refused'],
  ['a wrong secret', 403, 'SignatureDoesNotMatch', 'export.credentials_refused'],
  ['another region', 301, 'PermanentRedirect', 'export.redirected'],
])('%s is said in a sentence, and nothing is written', async (_, status, code, problem) => {
  const { asked, endpoint } = await serve((__, response) => {
    response.writeHead(status, { location: 'http://127.0.0.1:1/' });
    response.end(`<Error><Code>${code}</Code><Message>${secretAccessKey}</Message></Error>`);
  });
  const error = await failureOf({ target: target(endpoint) });
  expect(error.problem.code).toBe(problem);
  expect(JSON.stringify(error.problem)).not.toContain('planted');
  expect(asked.map(({ method }) => method)).toEqual(['GET']);
});

test.each([
  ['a page that is no S3 server', '<html>hello</html>', 'export.not_s3'],
  [
    'a name that is taken',
    '<ListBucketResult><Contents><Key>backups/nightly-1/velero-backup.json</Key></Contents></ListBucketResult>',
    'export.name_taken',
  ],
])('%s ends the export before anything is written', async (_, text, code) => {
  const { asked, endpoint } = await serve((__, response) => response.end(text));
  expect((await failureOf({ target: target(endpoint) })).problem.code).toBe(code);
  expect(asked).toHaveLength(1);
});

test.each([
  ['ftp://example.org', undefined, 'export.endpoint_invalid'],
  ['http://user:planted@example.org', undefined, 'export.endpoint_invalid'],
  ['http://127.0.0.1:1', 'a/../b', 'export.prefix_invalid'],
  ['http://127.0.0.1:1', 'a//b', 'export.prefix_invalid'],
])('endpoint %s with prefix %s is refused', async (endpoint, prefix, code) => {
  expect((await failureOf({ target: target(endpoint, prefix) })).problem.code).toBe(code);
});

test('a server that is not there is said so, after a few tries', async () => {
  const error = await failureOf({ target: target('http://127.0.0.1:1') });
  expect(error.problem).toMatchObject({ code: 'export.store_unreachable' });
});

/** Does not compress: more than two parts of an upload. */
const large = () =>
  each(
    Array.from({ length: 20 }, (_, at) =>
      objectAt(`resources/configmaps/namespaces/shop/c${at}.json`, {
        kind: 'ConfigMap',
        data: { noise: randomBytes(700_000).toString('base64') },
      }),
    ),
  );

const begun =
  '<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>';

test('a large export goes up in parts of 8 MiB that become visible together', async () => {
  const { asked, endpoint } = await serve(({ method, path }, response) => {
    response.setHeader('etag', '"t"');
    response.end(method === 'POST' && path.includes('uploads') ? begun : empty);
  });
  await exportBackup(input({ target: target(endpoint), objects: large() }));
  const parts = asked.filter(({ path }) => path.includes('partNumber'));
  expect(parts.length).toBeGreaterThan(2);
  expect(new Set(parts.slice(0, -1).map(({ length }) => length))).toEqual(new Set([8 * 1024 ** 2]));
});

test('a server that breaks off midway has the upload aborted and never gets a description', async () => {
  const { asked, endpoint } = await serve(({ method, path }, response, request) => {
    if (path.includes('partNumber=2')) request.socket.destroy();
    else response.end(method === 'POST' ? begun : empty);
  });
  const error = await failureOf({ target: target(endpoint), objects: large() });
  expect(error.problem.code).toBe('export.store_unreachable');
  const after = asked.map(({ method, path }) => `${method} ${path.replace(/.*\//, '')}`);
  expect(after).toContain('DELETE nightly-1.tar.gz?uploadId=u1');
  expect(after.filter((one) => one === 'PUT velero-backup.json')).toEqual([]);
});

test('an export canceled while it is written removes what it wrote', async () => {
  const controller = new AbortController();
  const { asked, endpoint } = await serve(({ path }, response) => {
    if (path.endsWith('-logs.gz')) controller.abort(new Error('canceled by ann'));
    response.end(empty);
  });
  const { signal } = controller;
  const exported = exportBackup(
    input({ target: target(endpoint), objects: each(someObjects), signal }),
  );
  await expect(exported).rejects.toThrow('canceled by ann');
  const removed = asked.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
  expect(removed).toContain('/backups/backups/nightly-1/nightly-1.tar.gz');
});

const quick = { within: 200, waits: [10] };

test('a server that takes the connection and never answers is given up after the time limit', async () => {
  const { asked, endpoint } = await serve(() => {});
  const error = await failureOf({ target: target(endpoint), s3Timing: quick });
  expect(error.problem).toMatchObject({
    code: 'export.store_unreachable',
    title: expect.stringContaining('no answer in time'),
  });
  expect(asked).toHaveLength(2);
});

test('an answer that begins and never ends is given up as well', async () => {
  const { endpoint } = await serve((_, response) => response.write('<ListBucketResult>'));
  const error = await failureOf({ target: target(endpoint), s3Timing: quick });
  expect(error.problem.title).toContain('no answer in time');
});

test('an export canceled while the server does not answer ends at once', async () => {
  const controller = new AbortController();
  const { endpoint } = await serve(({ method }, response) => {
    if (method === 'PUT') controller.abort(new Error('canceled by ann'));
    else response.end(empty);
  });
  const began = performance.now();
  const s3Timing = { within: 60_000, waits: [60_000] };
  const exported = exportBackup(
    input({ target: target(endpoint), signal: controller.signal, s3Timing }),
  );
  await expect(exported).rejects.toThrow('canceled by ann');
  expect(performance.now() - began).toBeLessThan(10_000);
});

test.each([301, 302, 303, 307, 308])(
  'a server that sends an upload elsewhere (%d) gets no second request with our bytes',
  async (status) => {
    const elsewhere = await serve((_, response) => response.end(empty));
    const { asked, endpoint } = await serve(({ method, path }, response) => {
      if (method === 'PUT')
        response.writeHead(status, { location: `${elsewhere.endpoint}${path}` }).end();
      else response.end(empty);
    });
    const error = await failureOf({ target: target(endpoint) });
    expect(error.problem.code).toBe('export.redirected');
    expect(elsewhere.asked).toEqual([]);
    expect(asked.some(({ path }) => path.endsWith('velero-backup.json'))).toBe(false);
  },
);
