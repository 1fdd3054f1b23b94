import { ApiError } from '../kubernetes/api-error.ts';
import type { EngineCluster } from '../engines/engine.ts';
import { parsePath } from '../engines/paths.models.ts';
import { discoverKinds } from '../engines/restore/kinds.ts';

/** The object at a backup's path as it is in the cluster now; null when it, or its kind, is not there. */
export async function readLive({ client }: EngineCluster, path: string): Promise<Buffer | null> {
  const at = parsePath(path);
  const resource = at && (await discoverKinds(client)).get(at.resource);
  if (!at || !resource) return null;
  const place = at.namespace === null ? {} : { namespace: at.namespace };
  try {
    return await client.get({ resource, name: at.name, ...place });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}
