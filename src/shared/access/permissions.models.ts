/** The union of all permissions: a new one is added here, and nowhere by accident. */
export type Permission =
  | 'public'
  | 'session:use'
  | 'clusters:read'
  | 'clusters:manage'
  | 'backups:read'
  | 'backups:create'
  | 'backups:delete'
  | 'backups:pin'
  | 'backups:verify'
  | 'backups:export'
  | 'runs:read'
  | 'runs:cancel'
  | 'runs:prioritize'
  | 'schedules:read'
  | 'schedules:run'
  | 'schedules:manage'
  | 'restores:read'
  | 'restores:start'
  | 'restores:privileged'
  | 'restores:modify'
  | 'secrets:read'
  | 'maintenance:start'
  | 'access:manage'
  | 'audit:read'
  | 'metrics:read'
  | 'health:read';

export const roles = ['viewer', 'operator', 'restorer', 'admin'] as const;
export type Role = (typeof roles)[number];

const viewer: readonly Permission[] = [
  'session:use',
  'clusters:read',
  'backups:read',
  'runs:read',
  'schedules:read',
  'restores:read',
  'health:read',
];
const operator: readonly Permission[] = [
  ...viewer,
  'backups:create',
  'backups:pin',
  'backups:verify',
  'runs:cancel',
  'runs:prioritize',
  'schedules:run',
  'maintenance:start',
];
const restorer: readonly Permission[] = [...operator, 'restores:start', 'restores:modify'];
const admin: readonly Permission[] = [
  ...restorer,
  'backups:delete',
  // Retention deletes backups: whoever sets it could delete them one by one.
  'schedules:manage',
  'restores:privileged',
  'clusters:manage',
  'access:manage',
  'audit:read',
  'metrics:read',
];

/**
 * What each role may do. `secrets:read` and `backups:export` are in no role: they are rights of
 * their own, granted one by one (`extra` of a binding) and audited. The local administrator,
 * who may open the data folder anyway, has them.
 */
export const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = {
  viewer,
  operator,
  restorer,
  admin,
};

/** Rights that no role brings. */
export const extraPermissions = ['secrets:read', 'backups:export'] as const;
