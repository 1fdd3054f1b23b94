import type { Permission } from '#shared/access/permissions.models.ts';
import type { PlannedAction, RestoreOptions } from '#shared/restores/restores.contract.ts';
import { globPattern } from '../../engines/restore/selection.models.ts';

/** Where one planned object comes from and goes to. */
export type Planned = {
  resource: string;
  action: PlannedAction;
  /** In the backup; null: cluster-scoped. */
  sourceNamespace: string | null;
  /** In the target; null: cluster-scoped. */
  namespace: string | null;
  name: string;
};

/** What a restore reads and writes, gathered object by object. */
export type Reached = {
  readsFrom: Set<string>;
  /** Namespaces of the target that were looked at, written to or not. */
  comparedWith: Set<string>;
  /** Namespaces written to; a Namespace object counts as its own. */
  writesTo: Set<string>;
  /** Cluster-scoped kinds other than Namespace. */
  clusterScoped: Set<string>;
  accessRules: Set<string>;
  /** Namespaces with Secrets among the objects, whatever becomes of them. */
  secretsFrom: Set<string>;
  /** Namespaces whose Secrets would go to another namespace or cluster. */
  secretsMovedFrom: Set<string>;
};

export const nothingReached = (): Reached => ({
  readsFrom: new Set(),
  comparedWith: new Set(),
  writesTo: new Set(),
  clusterScoped: new Set(),
  accessRules: new Set(),
  secretsFrom: new Set(),
  secretsMovedFrom: new Set(),
});

const writing: ReadonlySet<PlannedAction> = new Set(['create', 'update', 'replace']);
const accessGroup = '.rbac.authorization.k8s.io';

/**
 * Adds one object. A Namespace belongs to who may write into it; every other cluster-scoped object,
 * and every object that gives rights, belongs to nobody's namespace.
 */
export function reach(reached: Reached, planned: Planned, otherCluster: boolean): void {
  const { resource, sourceNamespace } = planned;
  const isNamespace = resource === 'namespaces';
  if (sourceNamespace !== null) reached.readsFrom.add(sourceNamespace);
  addSecrets(reached.secretsFrom, planned);
  const to = isNamespace ? planned.name : planned.namespace;
  if (to !== null) reached.comparedWith.add(to);
  if (!writing.has(planned.action)) return;
  if (to === null) reached.clusterScoped.add(resource);
  else reached.writesTo.add(to);
  if (resource.endsWith(accessGroup)) reached.accessRules.add(resource);
  const moved = otherCluster || sourceNamespace !== planned.namespace;
  if (moved) addSecrets(reached.secretsMovedFrom, planned);
}

function addSecrets(to: Set<string>, { resource, sourceNamespace }: Planned): void {
  if (resource === 'secrets' && sourceNamespace !== null) to.add(sourceNamespace);
}

/** What a restore acts on. One that writes nothing acts on what it compared, and takes no more than that. */
export function targetsOf({
  clusterScoped,
  writesTo,
  comparedWith,
}: Reached): readonly string[] | 'all' {
  if (clusterScoped.size > 0) return 'all';
  const targets = [...(writesTo.size > 0 ? writesTo : comparedWith)].toSorted();
  return targets.length > 0 ? targets : 'all';
}

/** One right that a restore needs, and why: a part of a sentence. */
export type Need = {
  permission: Permission;
  cluster: 'source' | 'target';
  namespaces: readonly string[] | 'all';
  why: string;
};

export function readingNeeds(reached: Reached, { modifiers }: RestoreOptions): Need[] {
  const { readsFrom, clusterScoped } = reached;
  const from = [...readsFrom].toSorted();
  return [
    ...modifiedSecrets(reached, modifiers),
    ...(from.length > 0
      ? [
          {
            permission: 'backups:read' as const,
            cluster: 'source' as const,
            namespaces: from,
            why: `it reads ${from.join(', ')}`,
          },
        ]
      : []),
    ...(clusterScoped.size > 0
      ? [
          {
            permission: 'backups:read' as const,
            cluster: 'source' as const,
            namespaces: 'all' as const,
            why: `it holds objects of the whole cluster (${list(clusterScoped)})`,
          },
        ]
      : []),
  ];
}

/** A patch can copy a value to where everybody reads it (a label), or guess it (`test`). */
function modifiedSecrets({ secretsFrom }: Reached, modifiers: RestoreOptions['modifiers']): Need[] {
  const meant = modifiers?.some(({ resource }) => globPattern(resource).test('secrets'));
  if (!meant || secretsFrom.size === 0) return [];
  return [
    {
      permission: 'secrets:read',
      cluster: 'source',
      namespaces: [...secretsFrom].toSorted(),
      why: `its modifiers can show what is in the Secrets of ${list(secretsFrom)}`,
    },
  ];
}

export function startingNeeds(reached: Reached, options: RestoreOptions): Need[] {
  const { modifiers } = options;
  const to = [...reached.writesTo].toSorted();
  const needs: Need[] = [...readingNeeds(reached, options)];
  const add = (permission: Permission, namespaces: Need['namespaces'], why: string) =>
    needs.push({ permission, cluster: 'target', namespaces, why });
  add('restores:start', startsIn(reached), `it writes to ${to.join(', ') || 'the cluster'}`);
  if (reached.clusterScoped.size > 0)
    add(
      'restores:privileged',
      'all',
      `it writes objects of the whole cluster (${list(reached.clusterScoped)})`,
    );
  if (reached.accessRules.size > 0)
    add('restores:privileged', to, `it writes access rules (${list(reached.accessRules)})`);
  if (modifiers?.length) add('restores:modify', to, 'it changes objects on their way');
  const moved = [...reached.secretsMovedFrom].toSorted();
  if (moved.length > 0)
    needs.push({
      permission: 'secrets:read',
      cluster: 'source',
      namespaces: moved,
      why: `it brings Secrets of ${moved.join(', ')} to another place`,
    });
  return needs;
}

/** Objects of the whole cluster have a need of their own. */
function startsIn(reached: Reached): Need['namespaces'] {
  return reached.writesTo.size > 0 ? [...reached.writesTo].toSorted() : targetsOf(reached);
}

const list = (names: ReadonlySet<string>): string => [...names].toSorted().join(', ');
