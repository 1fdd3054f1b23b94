import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Connection, ConnectionSource, Credentials } from './connection.types.ts';
import { createExecPlugin } from './exec-plugin.ts';
import {
  authProviderUnsupported,
  contextUnknown,
  credentialFileUnreadable,
  kubeconfigInvalid,
} from './kubeconfig.errors.ts';
import type { ClusterEntry, From, NamedContext, UserEntry } from './kubeconfig.models.ts';
import { type Environment, proxyFromEnvironment } from './proxy.ts';

export type SourceNeeds = {
  env: Environment;
  now: () => number;
  /** The kubeconfig came through the API: see `Connection`. */
  guarded?: true;
};

/** Files that may rotate are read again after this long, milliseconds; as often as client-go does. */
const rereadAfter = 60_000;

/**
 * The connection of one context. Files and plugins are touched when it is asked, not before: a context
 * that nobody uses may be broken. Throws `ProblemError`s that name file and field.
 */
export function createConnectionSource(
  context: NamedContext,
  needs: SourceNeeds,
): ConnectionSource {
  const { cluster, user } = context;
  const authenticate = user ? authenticator(context, user, needs) : async () => ({});
  return async (refused) => {
    if (!cluster) throw contextUnknown(context.where, `${context.name}'s cluster`);
    if (!user && context.userName !== '')
      throw kubeconfigInvalid(context.where, `there is no user ${context.userName}`);
    const reached = await reach(cluster, needs);
    return { ...reached, credentials: await authenticate(reached, refused) };
  };
}

/** The address as it may be shown; null when it is missing or not one. */
export function serverOf(cluster: From<ClusterEntry> | undefined): string | null {
  const text = cluster?.entry.server ?? '';
  if (!URL.canParse(text)) return null;
  const { protocol, username, password, origin, pathname } = new URL(text);
  const plain = username === '' && password === '';
  if (!plain || (protocol !== 'https:' && protocol !== 'http:')) return null;
  return origin + pathname.replace(/\/$/, '');
}

type Reached = Omit<Connection, 'credentials'>;

async function reach(cluster: From<ClusterEntry>, { env, guarded }: SourceNeeds): Promise<Reached> {
  const { entry, where, name } = cluster;
  const server = serverOf(cluster);
  if (server === null)
    throw kubeconfigInvalid(where, `the server of cluster ${name} is not an http(s) address`);
  const ca = await pem(cluster, 'certificate-authority');
  const proxyUrl = entry['proxy-url'] || proxyFromEnvironment(server, env);
  if (proxyUrl !== undefined && !/^(https?|socks5):$/.test(URL.parse(proxyUrl)?.protocol ?? ''))
    throw kubeconfigInvalid(where, `the proxy-url of cluster ${name} is not an address of a proxy`);
  return {
    server,
    ...(ca === undefined ? {} : { ca }),
    ...(entry['insecure-skip-tls-verify'] === true ? { insecureSkipTlsVerify: true } : {}),
    ...(entry['tls-server-name'] ? { tlsServerName: entry['tls-server-name'] } : {}),
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    ...(guarded === undefined ? {} : { guarded }),
  };
}

type Authenticate = (reached: Reached, refused?: Credentials) => Promise<Credentials>;

function authenticator(
  context: NamedContext,
  user: From<UserEntry>,
  needs: SourceNeeds,
): Authenticate {
  const { entry, name, where, directory } = user;
  const plugin = entry.exec
    ? createExecPlugin({
        config: entry.exec,
        user: name,
        directory,
        cluster: context.cluster?.entry ?? {},
        ...needs,
      })
    : async () => ({});
  return async (reached, refused) => {
    if (entry['auth-provider']) throw authProviderUnsupported(where, name);
    return { ...(await written(user, needs)), ...(await plugin(reached, refused)) };
  };
}

/** What the entry itself holds or names. A token file wins over a token, as in client-go. */
async function written(user: From<UserEntry>, { now }: SourceNeeds): Promise<Credentials> {
  const { entry } = user;
  const token = entry.tokenFile ? (await readNamed(user, 'tokenFile')).trim() : entry.token || null;
  const clientCertificate = await pem(user, 'client-certificate');
  const clientKey = await pem(user, 'client-key');
  const rotates = [entry.tokenFile, entry['client-certificate'], entry['client-key']].some(Boolean);
  return {
    ...(token === null ? {} : { token: asToken(token, user) }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(clientKey === undefined ? {} : { clientKey }),
    ...(entry.username ? { username: entry.username, password: entry.password ?? '' } : {}),
    ...(rotates ? { expiresAt: now() + rereadAfter } : {}),
  };
}

/** It becomes a header: a line break in it would be refused there with a message nobody understands. */
export function asToken(token: string, { where, name }: Pick<From<UserEntry>, 'where' | 'name'>) {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw kubeconfigInvalid(
    where,
    `the token of user ${name} has characters no token has, such as a line break`,
  );
}

type Named = { where: string; directory: string; name: string; entry: Record<string, unknown> };

/** `<field>-data` (base64) wins over the file in `<field>`. */
async function pem(from: Named, field: string): Promise<string | undefined> {
  const data = from.entry[`${field}-data`];
  const file = from.entry[field];
  const [content, source] =
    typeof data === 'string' && data !== ''
      ? [Buffer.from(data, 'base64').toString(), `${field}-data`]
      : [typeof file === 'string' && file !== '' ? await readNamed(from, field) : '', field];
  if (content === '' && source === field) return undefined;
  if (content.includes('-----BEGIN ')) return content;
  throw kubeconfigInvalid(from.where, `${source} of ${from.name} is not in PEM form`);
}

async function readNamed(from: Named, field: string): Promise<string> {
  const path = resolve(from.directory, String(from.entry[field]));
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw credentialFileUnreadable(
      { where: from.where, field: `${field} of ${from.name}`, path },
      error,
    );
  }
}
