import * as z from 'zod/mini';
import type { LiveClaim, LiveNamespace } from '#shared/coverage/coverage.models.ts';
import type { EngineCluster } from '../../engines/engine.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { ApiResource, KubernetesClient } from '../../kubernetes/client.types.ts';

/** The namespaces and volume claims of a cluster as it is. */
export type LivePicture = {
  namespaces: readonly LiveNamespace[];
  /** Null: they may not be listed. */
  claims: readonly LiveClaim[] | null;
};

const core = (plural: string, kind: string, namespaced: boolean): ApiResource => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced,
  verbs: ['get', 'list'],
  subresources: [],
});
const namespaces = core('namespaces', 'Namespace', false);
const claims = core('persistentvolumeclaims', 'PersistentVolumeClaim', true);

const list = z.object({
  metadata: z.object({ continue: z.optional(z.string()) }),
  items: z.nullable(
    z.array(
      z.object({
        metadata: z.object({
          name: z.string(),
          namespace: z.optional(z.string()),
          creationTimestamp: z.optional(z.nullable(z.string())),
        }),
      }),
    ),
  ),
});
type Item = { name: string; namespace: string; createdAt: number | null };
type Client = Pick<KubernetesClient, 'list'>;

/** Throws `ApiError` when the namespaces cannot be listed. */
export async function readLivePicture(
  { client }: Pick<EngineCluster, 'client'>,
  signal: AbortSignal,
): Promise<LivePicture> {
  const [named, claimed] = await Promise.all([
    readAll(client, namespaces, signal),
    readAll(client, claims, signal).catch(nullWhenForbidden),
  ]);
  return {
    namespaces: named.map(({ name, createdAt }) => ({ name, createdAt })),
    claims: claimed,
  };
}

function nullWhenForbidden(error: unknown): null {
  if (error instanceof ApiError && error.status === 403) return null;
  throw error;
}

/** A list whose continue token expired on the way is begun again, once. */
async function readAll(client: Client, resource: ApiResource, signal: AbortSignal) {
  try {
    return await readPages(client, resource, signal);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 410) throw error;
    return readPages(client, resource, signal);
  }
}

async function readPages(client: Client, resource: ApiResource, signal: AbortSignal) {
  const found: Item[] = [];
  let token: string | undefined;
  do {
    const more = token ? { continueToken: token } : {};
    const { body } = await client.list(resource, { limit: 500, signal, ...more });
    const { items, metadata } = list.parse(JSON.parse(body.toString()));
    for (const item of items ?? []) found.push(read(item.metadata));
    token = metadata.continue;
  } while (token);
  return found;
}

function read(given: {
  name: string;
  namespace?: string | undefined;
  creationTimestamp?: string | null | undefined;
}): Item {
  const at = Date.parse(given.creationTimestamp ?? '');
  return {
    name: given.name,
    namespace: given.namespace ?? '',
    createdAt: Number.isNaN(at) ? null : at,
  };
}
