import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { writeKubeconfig } from './kubeconfig.ts';
import type { TestbedAccess } from './provided.ts';

export type User = { name: string; groups?: readonly string[] };

/**
 * People are made up on the spot: a token says who it is for and is signed with the test bed's
 * secret, so any process that knows the secret can add one, while the API server runs.
 */
function userToken(secret: string, { name, groups = [] }: User): string {
  const person = Buffer.from(JSON.stringify({ name, groups })).toString('base64url');
  return `${person}.${sign(secret, person)}`;
}

/** A kubeconfig and token for a person without any rights; give them some by RBAC. */
export async function addUser(
  { directory, server, caFile, context, userSecret }: TestbedAccess,
  user: User,
): Promise<{ kubeconfig: string; token: string }> {
  const token = userToken(userSecret, user);
  const file = join(directory, `user-${randomBytes(6).toString('hex')}.kubeconfig`);
  const ca = readFileSync(caFile, 'utf8');
  return {
    kubeconfig: await writeKubeconfig(file, { context, server, ca, user: user.name, token }),
    token,
  };
}

/** The webhook that the API server asks who a token is for (TokenReview). */
export async function startTokenReviews(
  secret: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(review(secret, body)));
    });
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}/`, stop };
}

const listen = (server: Server) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

function review(secret: string, body: string): unknown {
  const { apiVersion, kind, spec } = JSON.parse(body) as {
    apiVersion: string;
    kind: string;
    spec: { token: string };
  };
  const [person = '', signature] = spec.token.split('.');
  if (signature !== sign(secret, person))
    return { apiVersion, kind, status: { authenticated: false } };
  const { name, groups } = JSON.parse(Buffer.from(person, 'base64url').toString()) as User;
  const user = { username: name, uid: name, groups };
  return { apiVersion, kind, status: { authenticated: true, user } };
}

const sign = (secret: string, person: string): string =>
  createHash('sha256').update(`${secret}.${person}`).digest('hex');
