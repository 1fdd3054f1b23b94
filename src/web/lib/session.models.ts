import { type Permission, permissionsOfRole, roles } from '#shared/access/permissions.models.ts';
import type { Scope } from '#shared/http/endpoint.ts';

/** Why something is disabled: the missing permission by name, where, and which role would bring it. */
export function reasonFor(permission: Permission, { cluster, namespaces }: Scope): string {
  const lowest = roles.find((role) => permissionsOfRole[role].includes(permission));
  const remedy =
    lowest === undefined
      ? 'No role brings it: an administrator grants it by itself.'
      : `The role ${lowest} brings it; an administrator can give it to you.`;
  return `You lack the permission ${permission} ${placeOf(cluster, namespaces)}. ${remedy}`;
}

function placeOf(cluster: string, namespaces: Scope['namespaces']): string {
  if (cluster === '*') return 'here';
  if (namespaces === 'some') return `on ${cluster}`;
  if (namespaces === 'all' || namespaces.length === 0) return `on all of ${cluster}`;
  const more = namespaces.length - 3;
  const names = namespaces.slice(0, 3).join(', ');
  return `in ${names}${more > 0 ? ` and ${more} more` : ''} of ${cluster}`;
}
