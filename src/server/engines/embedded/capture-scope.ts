import type { KeptSpec } from '#shared/backups/backups.contract.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { ApiResource } from '../../kubernetes/client.types.ts';
import { resourceName } from '../paths.models.ts';
import { credentialsRefused, namespaceUnknown } from './capture.errors.ts';
import type { Source } from './capture-kind.ts';
import type { CaptureClient } from './capture.types.ts';
import { type ScannedItem, scanList } from './list-scanner.ts';

/** Which namespaces a backup holds, and how their objects are asked for. */
export type Scope = {
  /** Null: the whole cluster. */
  chosen: readonly string[] | null;
  /** Asked for, and not in the cluster: only a schedule goes on without them. */
  missing: readonly string[];
  wants: (resource: ApiResource) => (item: ScannedItem) => boolean;
  sources: (resource: ApiResource) => [Source, ...Source[]];
};

/** A single GET is cheaper than a list of ten thousand namespaces. */
const fewNames = 20;

export async function readScope(
  spec: Pick<KeptSpec, 'namespaces' | 'excludedNamespaces' | 'schedule'>,
  namespaces: ApiResource | undefined,
  { client, signal }: { client: CaptureClient; signal: AbortSignal },
): Promise<Scope> {
  const excluded = new Set(spec.excludedNamespaces);
  if (!spec.namespaces) return wholeCluster(excluded);
  const chosen = [...new Set(spec.namespaces)].filter((name) => !excluded.has(name)).sort();
  const all = namespaces && (await existing(namespaces, chosen, { client, signal }));
  const missing = all ? chosen.filter((name) => !all.names.has(name)) : [];
  // A typing error is told to who types. A namespace that was deleted since takes no others with it.
  if (missing.length > 0 && (spec.schedule === undefined || missing.length === chosen.length))
    throw namespaceUnknown(missing);
  const there = chosen.filter((name) => !all || all.names.has(name));
  return { ...partOfCluster(there, all?.total ?? null), missing };
}

const wholeCluster = (excluded: ReadonlySet<string>): Scope => ({
  chosen: null,
  missing: [],
  wants: (resource) =>
    isNamespace(resource)
      ? ({ name }) => !excluded.has(name)
      : (item) => !excluded.has(item.namespace),
  sources: () => [{ from: 'cluster' }],
});

/** Per namespace when few are wanted of many; when the whole list is forbidden, too. */
function partOfCluster(chosen: readonly string[], total: number | null): Omit<Scope, 'missing'> {
  const names = new Set(chosen);
  const perNamespace: Source = { from: 'namespaces', namespaces: chosen };
  const perName: Source = { from: 'names', names: chosen };
  const few = chosen.length <= 3 || (total !== null && chosen.length * 4 <= total);
  return {
    chosen,
    wants: (resource) => {
      if (isNamespace(resource)) return ({ name }) => names.has(name);
      return resource.namespaced ? ({ namespace }) => names.has(namespace) : () => true;
    },
    sources: (resource) => {
      if (isNamespace(resource))
        return chosen.length <= fewNames ? [perName] : [{ from: 'cluster' }, perName];
      if (!resource.namespaced) return [{ from: 'cluster' }];
      return few ? [perNamespace] : [{ from: 'cluster' }, perNamespace];
    },
  };
}

export const isNamespace = (resource: ApiResource): boolean =>
  resourceName(resource) === 'namespaces';

type Existing = { names: ReadonlySet<string>; total: number | null };

/** Undefined when it may not be asked: then the lists of the kinds tell. */
async function existing(
  resource: ApiResource,
  chosen: readonly string[],
  needs: { client: CaptureClient; signal: AbortSignal },
): Promise<Existing | undefined> {
  try {
    if (chosen.length > fewNames) return await listNames(resource, needs);
    const found = await Promise.all(chosen.map((name) => exists(resource, name, needs)));
    return { names: new Set(chosen.filter((_, at) => found[at])), total: null };
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) throw credentialsRefused(error.message);
    if (error instanceof ApiError && error.status === 403) return undefined;
    throw error;
  }
}

async function exists(
  resource: ApiResource,
  name: string,
  { client, signal }: { client: CaptureClient; signal: AbortSignal },
): Promise<boolean> {
  try {
    await client.get({ resource, name }, { signal });
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false;
    throw error;
  }
}

async function listNames(
  resource: ApiResource,
  { client, signal }: { client: CaptureClient; signal: AbortSignal },
): Promise<Existing> {
  const names = new Set<string>();
  let token = '';
  do {
    const more = token === '' ? {} : { continueToken: token };
    const { items, continueToken } = scanList(
      (await client.list(resource, { signal, limit: 500, ...more })).body,
    );
    for (const { name } of items) names.add(name);
    token = continueToken;
  } while (token !== '');
  return { names, total: names.size };
}
