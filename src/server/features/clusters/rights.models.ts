import type { Right } from '#shared/clusters/clusters.contract.ts';

type Asked = Omit<Right, 'allowed'> & { group: string; plural: string };

const ask = (
  neededFor: Right['neededFor'],
  verbs: readonly string[],
  [plural, group]: readonly [string, string],
): Asked[] =>
  verbs.map((verb) => ({
    neededFor,
    verb,
    plural,
    group,
    resource: group === '' || group === '*' ? plural : `${plural}.${group}`,
  }));

const rbac = 'rbac.authorization.k8s.io';

/** What deploy/rbac-read.yaml and deploy/rbac-restore.yaml grant. */
export const rightsNeeded: readonly Asked[] = [
  ...ask('backup', ['list', 'get'], ['*', '*']),
  ...ask('backup', ['list'], ['secrets', '']),
  ...ask('restore', ['create', 'update', 'patch', 'delete'], ['*', '*']),
  ...ask('restore', ['bind', 'escalate'], ['clusterroles', rbac]),
];

/** What the rights that are missing mean, and what to do. */
export function rightsSentence(rights: readonly Right[]): string {
  const missing = (what: Right['neededFor']) =>
    rights.some(({ neededFor, allowed }) => neededFor === what && !allowed);
  if (missing('backup'))
    return 'It answers, but Lifeboat may not read everything there: what it may not read is listed as not backed up. Give it the role of deploy/rbac-read.yaml.';
  if (missing('restore'))
    return 'It answers, and can be backed up whole. To restore into it, give it the role of deploy/rbac-restore.yaml too.';
  return 'It answers, and everything in it can be backed up and restored.';
}
