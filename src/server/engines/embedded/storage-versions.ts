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

export type Definitions = {
  versions: StorageVersions;
  problem: string | null;
  /** The whole list when it came on one page, so that nobody has to ask for it again. */
  list: Buffer | null;
};

/**
 * Custom resources are read in the version in which they are stored: a conversion may drop fields
 * that only live there. Empty when definitions may not be listed: then the preferred versions count.
 */
export async function readStorageVersions(
  definitions: ApiResource,
  client: CaptureClient,
  signal: AbortSignal,
): Promise<Definitions> {
  const versions = new Map<string, string>();
  const pages = pagesOf(definitions, client, signal);
  let list: Buffer | null = null;
  try {
    for await (const { body, items, whole } of pages) {
      if (whole) list = body;
      for (const { start, end } of items)
        addStored(versions, JSON.parse(body.toString('utf8', start, end)));
    }
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 401) throw error;
    return { versions, problem: error.message, list: null };
  }
  return { versions, problem: null, list };
}

/** A version that is stored but not served any more cannot be read. */
function addStored(versions: Map<string, string>, json: unknown): void {
  const { data } = definition.safeParse(json);
  const stored = data?.spec.versions.find(({ storage, served }) => storage && served);
  if (data && stored) versions.set(`${data.spec.names.plural}.${data.spec.group}`, stored.name);
}

async function* pagesOf(resource: ApiResource, client: CaptureClient, signal: AbortSignal) {
  let token = '';
  do {
    const more = token === '' ? {} : { continueToken: token };
    const { body } = await client.list(resource, { signal, limit: 500, ...more });
    const { items, continueToken } = scanList(body);
    yield { body, items, whole: token === '' && continueToken === '' };
    token = continueToken;
  } while (token !== '');
}
