import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../platform/config/config.ts';
import type { ProblemError } from '../platform/problems.ts';
import { addressUnusable, portTaken, tlsUnreadable } from './start.errors.ts';

export type Address = Pick<Config, 'host' | 'port'>;

/** Certificate and key as texts; undefined when people reach Lifeboat without TLS of its own. */
export async function readTls({ tlsCert, tlsKey }: Config) {
  if (!tlsCert || !tlsKey) return undefined;
  return { cert: await readPem(tlsCert), key: await readPem(tlsKey) };
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw tlsUnreadable(path, error);
  }
}

/** Answers the port, which the system chose when 0 was asked for. */
export async function listen(app: FastifyInstance, { host, port }: Address): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw addressRefused({ host, port }, error);
  }
  return (app.server.address() as AddressInfo).port;
}

/** What the system said, as a sentence. */
export function addressRefused({ host, port }: Address, error: unknown): ProblemError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return portTaken(host, port);
  return addressUnusable(host, error instanceof Error ? error.message : code);
}

/** Where people open Lifeboat in their browser. */
export function baseUrl({ publicUrl, host, tlsCert }: Config, port: number): string {
  if (publicUrl) return publicUrl.replace(/\/$/, '');
  const name = host.includes(':') ? `[${host}]` : host;
  return `${tlsCert ? 'https' : 'http'}://${name}:${port}`;
}
