import * as z from 'zod/mini';
import { parseJson } from './answers.ts';
import { ApiError } from './api-error.ts';
import type { Discovered } from './client.types.ts';
import {
  type ServedVersion,
  announcedVersions,
  preferred,
  servedFromAggregated,
  servedFromList,
} from './discovery.models.ts';
import type { Exchange } from './exchange.ts';
import { invalidBody } from './failures.ts';

const asAggregated = (version: string) =>
  `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
const accept = [asAggregated('v2'), asAggregated('v2beta1'), 'application/json'].join(',');

type Needs = { server: string; exchange: Exchange; signal: AbortSignal | undefined };

/** Two requests where the server aggregates (Kubernetes 1.26 and later), else one per group version. */
export async function discover(needs: Needs): Promise<Discovered> {
  const [core, apis] = await Promise.all([fetchJson(needs, '/api'), fetchJson(needs, '/apis')]);
  return preferred([...(await coreVersions(needs, core)), ...(await groupVersions(needs, apis))]);
}

async function coreVersions(needs: Needs, document: unknown): Promise<ServedVersion[]> {
  const aggregated = servedFromAggregated(document);
  if (aggregated) return aggregated;
  const { versions } = parsed(needs, z.object({ versions: z.array(z.string()) }), document);
  return describeAll(
    needs,
    versions.map((version) => ({ group: '', version })),
  );
}

async function groupVersions(needs: Needs, document: unknown): Promise<ServedVersion[]> {
  const aggregated = servedFromAggregated(document);
  if (aggregated) return aggregated;
  return describeAll(
    needs,
    readable(needs, () => announcedVersions(document)),
  );
}

type GroupVersion = { group: string; version: string };

/** Four at a time, in the order given. */
async function describeAll(
  needs: Needs,
  versions: readonly GroupVersion[],
): Promise<ServedVersion[]> {
  const described: ServedVersion[] = [];
  for (let at = 0; at < versions.length; at += 4) {
    const some = versions.slice(at, at + 4);
    described.push(...(await Promise.all(some.map((version) => describe(needs, version)))));
  }
  return described;
}

/** One group that cannot be described must not hide the others. */
async function describe(needs: Needs, named: GroupVersion): Promise<ServedVersion> {
  const root = named.group === '' ? '/api' : `/apis/${encodeURIComponent(named.group)}`;
  try {
    const document = await fetchJson(needs, `${root}/${encodeURIComponent(named.version)}`);
    const resources = readable(needs, () => servedFromList(named, document));
    return { ...named, resources, reason: '' };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...named, resources: null, reason: error.message };
  }
}

async function fetchJson({ exchange, server, signal }: Needs, path: string): Promise<unknown> {
  const { body } = await exchange({ method: 'GET', path, accept, repeatable: true, signal });
  return parseJson(server, body);
}

const parsed = <T>(needs: Needs, schema: z.ZodMiniType<T>, document: unknown): T =>
  readable(needs, () => schema.parse(document));

function readable<T>({ server }: Needs, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw invalidBody(server, 'is not what discovery answers', error);
  }
}
