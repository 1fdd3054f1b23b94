import type { BackedUpKind } from '#shared/backups/backups.contract.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { ApiResource, Discovered } from '../../kubernetes/client.types.ts';
import type { Keyring } from '../../platform/keyring.types.ts';
import { resourceName } from '../paths.models.ts';
import { clusterLost, credentialsRefused, selectionEmpty } from './capture.errors.ts';
import type { CaptureClient, CaptureOrder, CaptureReport } from './capture.types.ts';
import type { KindJob } from './capture-kind.ts';
import { isNamespace, readScope, type Scope } from './capture-scope.ts';
import {
  crds,
  groupMatters,
  inUnits,
  kindsNotServed,
  type KindSelection,
  matchesKind,
  selectKinds,
} from './kinds.models.ts';
import { readStorageVersions } from './storage-versions.ts';

export type CapturePlan = {
  serverVersion: string;
  scope: Scope;
  /** Each unit is read one kind after the other. */
  units: ApiResource[][];
  /** What is known beforehand not to be read. */
  notRead: BackedUpKind[];
  /** Definitions of custom resources, read last when only a part of the cluster is wanted. */
  definitions: ApiResource | undefined;
  /** The list of all definitions, when it was read already. */
  definitionList: Buffer | null;
  /** Kinds that have a definition: `<plural>.<group>`. */
  custom: ReadonlySet<string>;
};

type PlanNeeds = { client: CaptureClient; signal: AbortSignal; report: CaptureReport };

/** Asks the cluster what there is. Nothing is written before this is settled. */
export async function planCapture(order: CaptureOrder, needs: PlanNeeds): Promise<CapturePlan> {
  try {
    return await ask(order, needs);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) throw credentialsRefused(error.message);
    throw clusterLost(error.message);
  }
}

async function ask(order: CaptureOrder, { client, signal, report }: PlanNeeds) {
  const [serverVersion, discovered] = await Promise.all([
    client.version(signal),
    client.discover(signal),
  ]);
  const all = discovered.resources;
  const definitions = all.find((resource) => resourceName(resource) === crds);
  const scope = await readScope(order.spec, all.find(isNamespace), { client, signal });
  const selection = selectionOf(order);
  const selected = withNeeded(selectKinds(all, selection), all, selection);
  const notRead = missingKinds(discovered, selection);
  if (selected.length === 0 && notRead.length === 0)
    throw selectionEmpty(`kinds ${order.spec.kinds?.join(', ') ?? ''}`);
  const stored =
    definitions && selected.some(({ group }) => group.includes('.'))
      ? await readStorageVersions(definitions, client, signal)
      : { versions: new Map<string, string>(), problem: null, list: null };
  if (stored.problem !== null)
    report.log(
      'warning',
      `Custom resources are read in their preferred versions: ${stored.problem}`,
    );
  const resources = selected.map((resource) => {
    const version = stored.versions.get(resourceName(resource));
    return version === undefined ? resource : { ...resource, version };
  });
  const custom = new Set(stored.versions.keys());
  const units = inUnits(resources);
  const definitionList = stored.list;
  return { serverVersion, scope, units, notRead, definitions, definitionList, custom };
}

const selectionOf = ({ spec, noise }: CaptureOrder): KindSelection => ({
  kinds: spec.kinds,
  excludedKinds: spec.excludedKinds,
  scoped: spec.namespaces !== undefined,
  noise,
});

/** With namespaces chosen, the Namespace objects themselves belong to the backup. */
function withNeeded(
  selected: ApiResource[],
  all: readonly ApiResource[],
  { scoped, excludedKinds = [] }: KindSelection,
): ApiResource[] {
  const namespaces = all.find(isNamespace);
  if (!scoped || !namespaces || selected.some(isNamespace)) return selected;
  if (excludedKinds.some((pattern) => matchesKind(pattern, 'namespaces'))) return selected;
  return [namespaces, ...selected];
}

function missingKinds({ resources, broken }: Discovered, selection: KindSelection): BackedUpKind[] {
  const nothing = { kind: '', namespaced: true, objects: 0, bytes: 0, sealed: false } as const;
  return [
    ...broken
      .filter(({ group }) => groupMatters(group, selection))
      .map(({ group, version, reason }) => ({
        ...nothing,
        resource: `*.${group}`,
        version,
        read: 'not' as const,
        reason: `The API server could not say which kinds this group has: ${reason}`,
      })),
    ...kindsNotServed(resources, selection.kinds).map((resource) => ({
      ...nothing,
      resource,
      version: '',
      read: 'not' as const,
      reason: 'The cluster does not serve this kind.',
    })),
  ];
}

/** How one kind is read. */
export function jobFor(
  resource: ApiResource,
  given: {
    order: CaptureOrder;
    plan: Pick<CapturePlan, 'scope' | 'definitionList'>;
    keyring: Keyring;
    known: ReadonlySet<string>;
    twins: Set<string> | undefined;
  },
): KindJob {
  const { order, keyring, known, twins } = given;
  const { scope, definitionList } = given.plan;
  const name = resourceName(resource);
  const sealed = name === 'secrets' || order.sealedKinds.some((one) => matchesKind(one, name));
  const accompanies = scope.chosen !== null && isNamespace(resource);
  return {
    resource,
    known,
    twins,
    seal: sealed ? keyring.seal : undefined,
    wants: scope.wants(resource),
    sources: scope.sources(resource),
    labelSelector: accompanies ? undefined : order.spec.labelSelector,
    wholeList: name === crds && order.spec.labelSelector === undefined ? definitionList : null,
    keepNames: name === 'persistentvolumeclaims',
  };
}
