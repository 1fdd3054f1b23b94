import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../platform/config/config.ts';
import { addressUnusable, portTaken, tlsUnreadable } from './start.errors.ts';

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
export async function listen(app: FastifyInstance, { host, port }: Config): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EADDRINUSE') throw portTaken(host, port);
    throw addressUnusable(host, error instanceof Error ? error.message : code);
  }
  return (app.server.address() as AddressInfo).port;
}

/** Where people open Lifeboat in their browser. */
export function baseUrl({ publicUrl, host, tlsCert }: Config, port: number): string {
  if (publicUrl) return publicUrl.replace(/\/$/, '');
  const name = host.includes(':') ? `[${host}]` : host;
  return `${tlsCert ? 'https' : 'http'}://${name}:${port}`;
}
