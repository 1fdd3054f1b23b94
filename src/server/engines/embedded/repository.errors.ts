import { ProblemError } from '../../platform/problems.ts';

export const backupUnknown = (backup: string) =>
  new ProblemError({
    code: 'backups.unknown',
    status: 404,
    title: `There is no backup ${backup} in this cluster.`,
    detail: 'Nothing was changed. It may have been deleted meanwhile; list the backups again.',
  });

export const nameTaken = (name: string) =>
  new ProblemError({
    code: 'backups.name_taken',
    status: 409,
    title: `There is a backup named ${name} already.`,
    detail: 'Nothing was written. Choose another name, or none to get one by time.',
  });

export const nameInvalid = (name: string) =>
  new ProblemError({
    code: 'backups.name_invalid',
    status: 422,
    title: `${JSON.stringify(name.slice(0, 80))} is not a name for a backup.`,
    detail: 'Nothing was written. Use up to 63 of a-z, 0-9 and -, no dots, - not first or last.',
  });

export const clusterIdInvalid = (id: string) =>
  new ProblemError({
    code: 'clusters.id_invalid',
    status: 422,
    title: `${JSON.stringify(id.slice(0, 80))} is not the id of a cluster.`,
    detail: 'Nothing was touched.',
  });

export const manifestDamaged = (backup: string, cause?: unknown) =>
  new ProblemError(
    {
      code: 'backups.manifest_damaged',
      status: 500,
      title: `The description of the backup ${backup} (lifeboat/backup.json) cannot be read.`,
      detail: 'The other backups are not affected. Verify this one to see what else is damaged.',
    },
    cause,
  );

export const repositoryLocked = (owner: string) =>
  new ProblemError({
    code: 'repository.locked',
    status: 409,
    title: `Another process is writing to this repository: ${owner}.`,
    detail: 'Nothing was written. Wait until it is done, or end it.',
  });

export const repositoryForeign = (path: string) =>
  new ProblemError({
    code: 'repository.foreign',
    status: 422,
    title: `${path} is not a repository of Lifeboat.`,
    detail:
      'Nothing was touched. Name the folder <cluster>.git from the data of the other machine.',
  });

export const repositoryExists = (cluster: string) =>
  new ProblemError({
    code: 'repository.exists',
    status: 409,
    title: `The cluster ${cluster} has a repository already.`,
    detail: 'Nothing was touched. Adopt the repository under another name.',
  });

export const keyNotInRepositoryFile = (ids: readonly string[]) =>
  new ProblemError({
    code: 'keys.missing',
    status: 503,
    title: `The encryption key ${ids.join(', ')} of this repository is missing.`,
    detail: 'Nothing was touched. Add the key from the recovery kit to the key file.',
  });

export const readBackFailed = (path: string, reason: string) =>
  new ProblemError({
    code: 'backups.read_back_failed',
    status: 500,
    title: `What was just written could not be read back: ${path}: ${reason}`,
    detail: 'The backup was taken back; earlier ones are untouched. Check the disk.',
  });
