import { type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { Connection } from './connection.types.ts';
import { guardLookup } from './guarded-lookup.ts';
import type { Timing } from './timing.models.ts';

/**
 * HTTP/1.1 with keep-alive: every watch and every page has a socket of its own, so that a slow one
 * holds up nobody. Idle sockets are closed before API servers and load balancers do (60 s and more).
 */
export function createDispatcher(connection: Connection, timing: Timing): Dispatcher {
  const { origin } = new URL(connection.server);
  const tls = tlsOptions(connection);
  const lookup = connection.guarded === true ? { lookup: guardLookup() } : {};
  const common = {
    allowH2: false,
    keepAliveTimeout: 30_000,
    headersTimeout: timing.headers,
    bodyTimeout: timing.stall,
    connectTimeout: timing.connect,
  };
  if (connection.proxyUrl === undefined)
    return new Pool(origin, { ...common, connect: { ...tls, ...lookup, timeout: timing.connect } });
  return new ProxyAgent({
    ...common,
    uri: connection.proxyUrl,
    proxyTls: { ...lookup, timeout: timing.connect },
    requestTls: { ...tls, allowH2: false, timeout: timing.connect },
  });
}

type TlsOptions = {
  ca?: string;
  cert?: string;
  key?: string;
  servername?: string;
  rejectUnauthorized: boolean;
};

function tlsOptions(connection: Connection): TlsOptions {
  const { ca, tlsServerName, insecureSkipTlsVerify, credentials } = connection;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(credentials.clientCertificate === undefined ? {} : { cert: credentials.clientCertificate }),
    ...(credentials.clientKey === undefined ? {} : { key: credentials.clientKey }),
    ...(tlsServerName === undefined ? {} : { servername: tlsServerName }),
    rejectUnauthorized: insecureSkipTlsVerify !== true,
  };
}

/** Two connections with the same text can share sockets: only token and password may differ. */
export function transportKey({ credentials, ...connection }: Connection): string {
  const { clientCertificate, clientKey } = credentials;
  const { server, ca, insecureSkipTlsVerify, tlsServerName, proxyUrl, guarded } = connection;
  return JSON.stringify([
    [server, ca, insecureSkipTlsVerify, tlsServerName, proxyUrl, guarded],
    [clientCertificate, clientKey],
  ]);
}

const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether compressing costs more than it saves: no wire in between. */
export const isLoopback = (server: string) => loopback.test(new URL(server).hostname);
