import { ProblemError } from '../../platform/problems.ts';

export const backupUnknown = (backup: string) =>
  new ProblemError({
    code: 'backups.unknown',
    status: 404,
    title: `There is no backup ${backup} here, or you may not see it.`,
    detail: 'Nothing was changed. It may have been removed meanwhile; reload the list.',
  });

export const orderNotYours = () =>
  new ProblemError({
    code: 'backups.order_not_yours',
    status: 403,
    title: 'Only who may see the whole cluster can order backups by size.',
    detail: 'Nothing was changed. Order them by time or by name.',
  });

export const objectUnknown = (path: string) =>
  new ProblemError({
    code: 'backups.object_unknown',
    status: 404,
    title: `There is no object at ${path} in this backup, or you may not see it.`,
    detail: 'Nothing was changed. Look the path up in the contents of the backup.',
  });

export const nameTaken = (name: string) =>
  new ProblemError({
    code: 'backups.name_taken',
    status: 409,
    title: `A backup called ${name} exists in this cluster already, or is being made.`,
    detail: 'Nothing was started. Choose another name, or leave it out.',
  });

export const selectorInvalid = (selector: string) =>
  new ProblemError({
    code: 'backups.selector_invalid',
    status: 422,
    title: `“${selector}” is not a label selector.`,
    detail: 'Nothing was started. Write it as kubectl takes it: app=web,tier in (a,b),!legacy.',
  });

export const pinned = (note: string) =>
  new ProblemError({
    code: 'backups.pinned',
    status: 409,
    title: `This backup is pinned: ${note}`,
    detail: 'Nothing was deleted. Unpin it first, if it may really go.',
  });

export const notUsable = (backup: string, state: string) =>
  new ProblemError({
    code: 'backups.not_usable',
    status: 409,
    title: `The backup ${backup} is ${state}.`,
    detail: 'Nothing was started. Choose another backup.',
  });

export const alreadyOver = (until: string) =>
  new ProblemError({
    code: 'backups.pin_over',
    status: 422,
    title: `A pin until ${until} would already be over.`,
    detail: 'Nothing was pinned. Choose a later time, or none.',
  });

export const oneTarget = () =>
  new ProblemError({
    code: 'backups.export_target',
    status: 422,
    title: 'An export goes either to a folder or to an S3 bucket: name exactly one of them.',
    detail: 'Nothing was written.',
  });

export const noExportRoot = () =>
  new ProblemError({
    code: 'backups.export_root_missing',
    status: 422,
    title: 'This Lifeboat was started without a folder for exports.',
    detail: 'Nothing was written. Start it with --export-root DIR, or export to S3.',
  });

export const folderOutside = () =>
  new ProblemError({
    code: 'backups.export_folder_outside',
    status: 422,
    title: 'That folder is not below the folder for exports.',
    detail: 'Nothing was written. Give a path inside of it, for example velero.',
  });

export const secretsNeedRight = () =>
  new ProblemError({
    code: 'backups.secrets_need_right',
    status: 403,
    title: 'Exporting Secrets needs the permission secrets:read on everything in the backup.',
    detail: 'Nothing was written. Export without Secrets, or ask an administrator.',
  });

export const damaged = (given: {
  backup: string;
  objects: number;
  first: string;
  also: readonly string[];
}) =>
  new ProblemError({
    code: 'backups.damaged',
    status: 500,
    title: `The backup ${given.backup} is damaged: ${given.objects} objects cannot be read back as they were.`,
    detail: `Everything else in it can still be restored. First: ${given.first}${given.also.length > 0 ? ` Also hit: ${given.also.join(', ')}.` : ''} Make a new backup now; a full one writes everything again.`,
  });
