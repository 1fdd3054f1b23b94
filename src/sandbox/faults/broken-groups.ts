import type { Registry } from '../api/registry.ts';
import type { Resource } from '../api/resource.types.ts';

/** Aggregated APIs that are announced and do not answer. */
export function createBrokenGroups(registry: Registry) {
  const broken = new Map<string, boolean>();
  return {
    add: (group: string, { stale = false } = {}): void => {
      broken.set(group, stale);
      if (registry.resources().some((one) => one.group === group)) return;
      registry.serve(`broken ${group}`, [aggregatedResource(group)]);
    },
    mend: (): void => {
      for (const group of broken.keys()) registry.withdraw(`broken ${group}`);
      broken.clear();
    },
    /** undefined: works; otherwise whether it is announced without kinds. */
    find: (group: string): boolean | undefined => broken.get(group),
  };
}

/** What metrics-server would announce. */
const aggregatedResource = (group: string): Resource => ({
  group,
  version: 'v1beta1',
  plural: 'pods',
  singular: 'pod',
  kind: 'PodMetrics',
  listKind: 'PodMetricsList',
  namespaced: true,
  verbs: ['get', 'list'],
  shortNames: [],
  categories: [],
  subresources: [],
  storageVersionHash: '',
  bucket: `pods.${group}`,
  custom: true,
  storedAs: `${group}/v1beta1`,
  schemas: [],
});
