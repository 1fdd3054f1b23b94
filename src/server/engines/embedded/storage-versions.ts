import * as z from 'zod/mini';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { ApiResource } from '../../kubernetes/client.types.ts';
import type { CaptureClient } from './capture.types.ts';
import { scanList } from './list-scanner.ts';

const definition = z.object({
  spec: z.object({
    group: z.string(),
    names: z.object({ plural: z.string() }),
    versions: z.array(z.object({ name: z.string(), served: z.boolean(), storage: z.boolean() })),
  }),
});

/** `<plural>.<group>` → the version in which the API server stores it. */
export type StorageVersions = ReadonlyMap<string, string>;

/**
 * Custom resources are read in the version in which they are stored: a conversion may drop fields
 * that only live there. Empty when definitions may not be listed: then the preferred versions count.
 */
export async function readStorageVersions(
  definitions: ApiResource,
  client: CaptureClient,
  signal: AbortSignal,
): Promise<{ versions: StorageVersions; problem: string | null }> {
  const versions = new Map<string, string>();
  try {
    for await (const json of listed(definitions, client, signal)) {
      const parsed = definition.safeParse(json);
      const stored = parsed.data?.spec.versions.find(({ storage, served }) => storage && served);
      if (!parsed.success || !stored) continue; // stored in a version that is not served
      const { group, names } = parsed.data.spec;
      versions.set(`${names.plural}.${group}`, stored.name);
    }
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 401) throw error;
    return { versions, problem: error.message };
  }
  return { versions, problem: null };
}

async function* listed(resource: ApiResource, client: CaptureClient, signal: AbortSignal) {
  let token = '';
  do {
    const more = token === '' ? {} : { continueToken: token };
    const { body } = await client.list(resource, { signal, limit: 500, ...more });
    const { items, continueToken } = scanList(body);
    for (const { start, end } of items) {
      const json: unknown = JSON.parse(body.toString('utf8', start, end));
      yield json;
    }
    token = continueToken;
  } while (token !== '');
}
