import {
  aggregated,
  apiVersions,
  groupDocument,
  groupList,
  resourceList,
} from '../api/discovery.models.ts';
import type { Group } from '../api/registry.ts';
import { type JsonObject, printJson } from '../json.models.ts';
import type { World } from '../world.types.ts';
import type { Answer } from './call.types.ts';
import type { Route } from './route.models.ts';

const version = {
  major: '1',
  minor: '34',
  emulationMajor: '1',
  emulationMinor: '34',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '33',
  gitVersion: 'v1.34.4',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'go1.26.8',
  compiler: 'gc',
  platform: 'linux/amd64',
};

const plain = 'text/plain; charset=utf-8';
const noPage: Answer = { status: 404, body: '404 page not found\n', contentType: plain };
/** As the aggregator says it. */
const unavailable: Answer = { status: 503, body: 'service unavailable\n', contentType: plain };

/** `/version`, `/readyz` and the like. */
export function plainPage(path: string): Answer {
  if (path === '/version') return { status: 200, body: printJson(version) };
  const isHealth = /^\/(healthz|livez|readyz)(\/|$)/.test(path);
  return isHealth ? { status: 200, body: 'ok', contentType: plain } : noPage;
}

export const brokenApi = (): Answer => unavailable;

type Discovery = Extract<Route, { to: 'discovery' }>;

/** Both forms of discovery; `accept` decides. */
export function discoveryPage(route: Discovery, accept: string, world: World): Answer {
  const groups = orderGroups(world.registry.groups());
  if (route.depth === 'root') return rootPage(route, accept, groupsWithFaults(groups, world));
  const group = groups.find(({ name }) => name === route.group);
  if (!group) return noPage;
  if (route.depth === 'group') return json(groupDocument(group));
  const served = group.versions.find((one) => one.version === route.version);
  if (!served) return noPage;
  if (world.faults.brokenGroup(group.name) !== undefined) return unavailable;
  return json(resourceList(group.name, served));
}

const json = (document: JsonObject): Answer => ({ status: 200, body: `${printJson(document)}\n` });

const aggregatedForm = /g=apidiscovery\.k8s\.io;v=(v2|v2beta1);as=APIGroupDiscoveryList/;

/** Both roots come here; the core group has its own. */
function rootPage({ group }: Discovery, accept: string, groups: readonly Group[]): Answer {
  const core = group === 'core';
  const shown = groups.filter(({ name }) => (name === '') === core);
  const wanted = aggregatedForm.exec(accept.replaceAll(' ', ''))?.[1];
  if (!wanted) return json(core ? apiVersions() : groupList(shown));
  const contentType = `application/json;g=apidiscovery.k8s.io;v=${wanted};as=APIGroupDiscoveryList`;
  return { ...json(aggregated(shown, wanted)), contentType };
}

/** An aggregated API that cannot be asked is announced without its kinds when it is stale. */
const groupsWithFaults = (groups: readonly Group[], { faults }: World): Group[] =>
  groups.map((group) => {
    const stale = faults.brokenGroup(group.name);
    if (!stale) return group;
    return { ...group, versions: group.versions.map((one) => ({ ...one, resources: [], stale })) };
  });

/** Custom groups come last; of versions, the most stable first (v2, v1, v1beta1, v1alpha1). */
const orderGroups = (groups: readonly Group[]): Group[] =>
  groups.map((group) => ({
    ...group,
    versions: group.versions.toSorted((a, b) => rank(b.version) - rank(a.version)),
  }));

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority */
function rank(name: string): number {
  const [, major = '0', stage, minor = '0'] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(name) ?? [];
  const level = { alpha: 1, beta: 2 }[stage ?? ''] ?? 3;
  return level * 1e6 + Number(major) * 1e3 + Number(minor);
}
