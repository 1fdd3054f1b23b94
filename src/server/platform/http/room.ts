import type { Permission } from '#shared/access/permissions.models.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import type { Reserve } from '../reserve.ts';

/** What frees space, or is needed to get there; and taking rights away must never wait for a disk. */
const goesOn: ReadonlySet<Permission> = new Set<Permission>([
  'public', // signing in
  'session:use',
  'access:manage',
  'backups:delete',
  'backups:pin',
  'maintenance:start',
  'runs:cancel',
]);

/** Before a mutation writes anything: sees to it that on a full disk the way out stays open. */
export async function roomFor(
  { method, permission }: Pick<Endpoint, 'method' | 'permission'>,
  reserve: Pick<Reserve, 'giveUpIfLow' | 'leaveUntouched'>,
): Promise<void> {
  if (method === 'GET') return;
  await (goesOn.has(permission) ? reserve.giveUpIfLow() : reserve.leaveUntouched());
}
