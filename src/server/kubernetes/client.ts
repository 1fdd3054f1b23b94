import * as z from 'zod/mini';
import { reviewAccess } from './access-review.ts';
import { parseJson } from './answers.ts';
import type { DeleteOptions, KubernetesClient, WriteOptions } from './client.types.ts';
import type { ConnectionSource } from './connection.types.ts';
import { discover } from './discovery.ts';
import { type ApiRequest, type Exchange, createExchange } from './exchange.ts';
import { invalidBody } from './failures.ts';
import { createLink } from './link.ts';
import { type Timing, defaultTiming } from './timing.models.ts';
import { collectionUrl, listUrl, objectUrl, writeUrl } from './urls.ts';
import { watchResource } from './watch.ts';

export type ClientOptions = {
  /** Address of the API server, for people; requests go where `source` says. */
  server: string;
  source: ConnectionSource;
  /** Waits other than the usual ones. */
  timing?: Partial<Timing>;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** [0, 1): jitter. */
  random?: () => number;
};

/** Connects at the first request. Errors are `ApiError`, or the reason of an aborted signal. */
export function createKubernetesClient(options: ClientOptions): KubernetesClient {
  const { server, source, now = Date.now, random = Math.random } = options;
  const timing = { ...defaultTiming, ...options.timing };
  const link = createLink({ server, source, now, timing });
  let serverTime: number | null = null;
  const onDate = (date: string | undefined) => {
    const at = Date.parse(date ?? '');
    if (!Number.isNaN(at)) serverTime = at;
  };
  const needs = { server, link, timing, now, random, onDate };
  const exchange = createExchange(needs);

  return {
    server,
    ...reads(server, exchange),
    ...writes(exchange),
    watch: (resource, watched) => watchResource({ ...needs, exchange }, resource, watched),
    mayI: (question, user) => reviewAccess({ server, exchange }, question, user),
    serverTime: () => serverTime,
    close: link.close,
  };
}

const versionInfo = z.object({ gitVersion: z.string() });

function reads(
  server: string,
  exchange: Exchange,
): Pick<KubernetesClient, 'version' | 'discover' | 'list' | 'get' | 'raw'> {
  const read = async (path: string, more: Pick<ApiRequest, 'signal' | 'expect' | 'accept'>) =>
    (await exchange({ method: 'GET', path, repeatable: true, ...more })).body;
  return {
    version: async (signal) => {
      const body = await read('/version', { signal });
      const parsed = versionInfo.safeParse(parseJson(server, body));
      if (!parsed.success) throw invalidBody(server, 'has no gitVersion', parsed.error);
      return parsed.data.gitVersion;
    },
    discover: (signal) => discover({ server, exchange, signal }),
    list: async (resource, options) => ({
      body: await read(listUrl(resource, options), { signal: options.signal, expect: 'page' }),
    }),
    get: async (at, options) => read(objectUrl(at), { signal: options?.signal }),
    raw: async (path, signal) => read(path, { signal, expect: 'any', accept: '*/*' }),
  };
}

function writes(
  exchange: Exchange,
): Pick<KubernetesClient, 'create' | 'update' | 'patch' | 'delete'> {
  const write = async (
    request: Omit<ApiRequest, 'repeatable' | 'signal'>,
    options: WriteOptions | undefined,
  ) => {
    const repeatable = options?.dryRun === true;
    const path = writeUrl(request.path, options);
    return (await exchange({ ...request, path, repeatable, signal: options?.signal })).body;
  };
  return {
    create: async (at, body, options) =>
      write({ method: 'POST', path: collectionUrl(at.resource, at.namespace), body }, options),
    update: async (at, body, options) =>
      write({ method: 'PUT', path: objectUrl(at, options?.subresource), body }, options),
    patch: async (at, { type, body }, options) => {
      const contentType = `application/${type}-patch+json`;
      const path = objectUrl(at, options?.subresource);
      return write({ method: 'PATCH', path, body, contentType }, options);
    },
    delete: async (at, options) => {
      const path = objectUrl(at, options?.subresource);
      await exchange({
        method: 'DELETE',
        path,
        body: JSON.stringify(deletion(options)),
        // With its uid named, a repeated delete cannot hit another object of that name.
        repeatable: options?.dryRun === true || options?.uid !== undefined,
        signal: options?.signal,
      });
    },
  };
}

function deletion({ uid, resourceVersion, propagation, dryRun }: DeleteOptions = {}) {
  const preconditions = {
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
  };
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(Object.keys(preconditions).length === 0 ? {} : { preconditions }),
    ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
    ...(dryRun === true ? { dryRun: ['All'] } : {}),
  };
}
