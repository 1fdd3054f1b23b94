import { type Socket, connect } from 'node:net';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createKubernetesClient } from './client.ts';
import type { Connection } from './connection.types.ts';
import { loadKubeconfig } from './kubeconfig.ts';
import { makeCertificates } from './testing/certificates.ts';
import { kubeconfigText, testFolder } from './testing/folder.ts';
import { json, quick, serve } from './testing/server.ts';

const made = makeCertificates();
const others = makeCertificates();
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Says who is there: the name in the client's certificate. */
const secure = (required = false) =>
  serve(
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      json(response, { gitVersion: `hello ${String(subject?.CN ?? 'nobody')}` });
    },
    { ...made.server, ca: made.ca, requestCert: true, rejectUnauthorized: required },
  );

const ask = async (connection: Connection) => {
  const client = createKubernetesClient({
    server: connection.server,
    source: async () => connection,
    timing: quick,
  });
  onTestFinished(() => client.close());
  return client.version();
};

test('a client certificate of a kubeconfig signs in over TLS', async () => {
  const { port } = await secure(true);
  const text = kubeconfigText({
    cluster: { server: `https://localhost:${port}`, 'certificate-authority-data': base64(made.ca) },
    user: {
      'client-certificate-data': base64(made.client.cert),
      'client-key-data': base64(made.client.key),
    },
  });
  const { contexts } = await loadKubeconfig({
    paths: [testFolder().write('config', text)],
    env: {},
  });
  const connection = await contexts[0]?.source();
  expect(connection && (await ask(connection))).toBe('hello ada');
});

test('without its certificate the client is turned away, once', async () => {
  const { port, requests } = await secure(true);
  const asked = ask({ server: `https://localhost:${port}`, ca: made.ca, credentials: {} });
  await expect(asked).rejects.toMatchObject({ status: 0 });
  expect(requests).toEqual([]);
});

test.each([
  [
    'the name in tls-server-name is the one that must match',
    { tlsServerName: 'api.internal' },
    'hello nobody',
  ],
  [
    'insecure-skip-tls-verify takes any certificate',
    { insecureSkipTlsVerify: true, ca: others.ca },
    'hello nobody',
  ],
])('%s', async (_, more, expected) => {
  const { url } = await secure();
  expect(await ask({ server: url, ca: made.ca, credentials: {}, ...more })).toBe(expected);
});

test.each([
  ['a name that the certificate does not have', {}],
  ['another authority', { ca: others.ca, tlsServerName: 'localhost' }],
  ['a wrong tls-server-name', { tlsServerName: 'other.internal' }],
])('a server with %s is not trusted, and nothing is sent to it', async (_, more) => {
  const { url, requests } = await secure();
  const asked = ask({ server: url, ca: made.ca, credentials: { token: 'secret' }, ...more });
  await expect(asked).rejects.toMatchObject({ status: 0, reason: 'TlsFailed' });
  expect(requests).toEqual([]);
});

test('a rotated client certificate is used from the next request on', async () => {
  const { port } = await secure();
  const server = `https://localhost:${port}`;
  let now = 0;
  const client = createKubernetesClient({
    server,
    now: () => now,
    source: async () => ({
      server,
      ca: made.ca,
      credentials:
        now === 0
          ? { expiresAt: 1 }
          : { clientCertificate: made.client.cert, clientKey: made.client.key },
    }),
  });
  onTestFinished(() => client.close());
  expect(await client.version()).toBe('hello nobody');
  now = 1;
  expect(await client.version()).toBe('hello ada');
});

/** A proxy that only knows CONNECT; every tunnel leads to `port` of loopback. */
async function proxy(port: number, answer = '200 OK') {
  const tunnels: { target: string; authorization: string | undefined }[] = [];
  const server = createServer();
  const sockets = new Set<Socket>();
  server.on('connect', (request, socket: Socket) => {
    const authorization = request.headers['proxy-authorization'];
    tunnels.push({ target: request.url ?? '', authorization });
    socket.write(`HTTP/1.1 ${answer}\r\n\r\n`);
    if (!answer.startsWith('200')) return void socket.end();
    const onward = connect(port, '127.0.0.1');
    sockets.add(onward).add(socket);
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { url: `http://ada:pw@127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels };
}

test('a server behind a proxy is reached through a tunnel, end-to-end encrypted', async () => {
  const { port } = await secure();
  const { url, tunnels } = await proxy(port);
  const server = 'https://api.internal:6443';
  expect(await ask({ server, ca: made.ca, proxyUrl: url, credentials: {} })).toBe('hello nobody');
  expect(tunnels).toEqual([
    { target: 'api.internal:6443', authorization: `Basic ${base64('ada:pw')}` },
  ]);
});

test('a proxy that refuses is named as the reason why the server cannot be reached', async () => {
  const { url } = await proxy(0, '403 Forbidden');
  const asked = ask({ server: 'https://api.internal:6443', proxyUrl: url, credentials: {} });
  await expect(asked).rejects.toMatchObject({
    reason: 'Unreachable',
    message: expect.stringMatching(/api\.internal:6443 cannot be reached .*403/),
  });
});
