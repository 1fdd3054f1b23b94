import type { Scope } from '../http/endpoint.ts';
import type { Binding } from './access.contract.ts';
import { extraPermissions, type Permission, permissionsOfRole } from './permissions.models.ts';

/** The server decides by them; the page says by them, before it is tried, what is not allowed. */
export type Rights = {
  may: (permission: Permission, scope: Scope) => boolean;
  /** The namespaces of this cluster in which the permission holds. */
  namespacesWith: (permission: Permission, cluster: string) => readonly string[] | 'all';
};

/** Everything, the rights that no role brings included: who may open the data folder has it anyway. */
export const allRights: Binding = {
  role: 'admin',
  cluster: '*',
  namespaces: null,
  extra: [...extraPermissions],
};

/** What these bindings allow together: two of them on different namespaces add up. */
export function rightsOf(bindings: readonly Binding[]): Rights {
  const namespacesWith: Rights['namespacesWith'] = (permission, cluster) =>
    union(bindings.filter((one) => brings(one, permission) && reaches(one, cluster)));

  return {
    namespacesWith,
    may: (permission, scope) => {
      if (permission === 'session:use') return true; // whoever is signed in may see that, and leave
      if (scope.cluster === '*' && scope.namespaces === 'some')
        return bindings.some((one) => brings(one, permission));
      return covers(namespacesWith(permission, scope.cluster), scope.namespaces);
    },
  };
}

/** What both allow: a token never does more than the person who made it could do now. */
export function bothRights(one: Rights, other: Rights): Rights {
  const namespacesWith: Rights['namespacesWith'] = (permission, cluster) =>
    intersection(
      one.namespacesWith(permission, cluster),
      other.namespacesWith(permission, cluster),
    );

  return {
    namespacesWith,
    may: (permission, scope) =>
      one.may(permission, scope) &&
      other.may(permission, scope) &&
      (scope.cluster === '*' ||
        covers(namespacesWith(permission, scope.cluster), scope.namespaces)),
  };
}

/** True when these rights hold all that the bindings would give: nobody grants more than they have. */
export function mayGrant({ may }: Pick<Rights, 'may'>, bindings: readonly Binding[]): boolean {
  return bindings.every((one) =>
    permissionsOf(one).every((permission) =>
      may(permission, { cluster: one.cluster, namespaces: one.namespaces ?? 'all' }),
    ),
  );
}

const permissionsOf = ({ role, extra }: Binding): readonly Permission[] => [
  ...permissionsOfRole[role],
  ...extra,
];

const brings = (binding: Binding, permission: Permission) =>
  permissionsOf(binding).includes(permission);

const reaches = (binding: Binding, cluster: string) =>
  binding.cluster === '*' || binding.cluster === cluster;

function union(bindings: readonly Binding[]): readonly string[] | 'all' {
  if (bindings.some(({ namespaces }) => namespaces === null)) return 'all';
  return [...new Set(bindings.flatMap(({ namespaces }) => namespaces ?? []))];
}

function intersection(
  one: readonly string[] | 'all',
  other: readonly string[] | 'all',
): readonly string[] | 'all' {
  if (one === 'all') return other;
  return other === 'all' ? one : one.filter((namespace) => other.includes(namespace));
}

/** An empty list of namespaces means cluster-scoped things only: that takes the whole cluster. */
function covers(mine: readonly string[] | 'all', wanted: Scope['namespaces']): boolean {
  if (mine === 'all') return true;
  if (wanted === 'some') return mine.length > 0;
  return wanted !== 'all' && wanted.length > 0 && wanted.every((name) => mine.includes(name));
}
