import { ProblemError } from '../../platform/problems.ts';

export const gitMissing = (cause: unknown) =>
  new ProblemError(
    {
      code: 'git.missing',
      status: 503,
      title: 'The program git was not found.',
      detail: 'Nothing was touched. Install git 2.36 or newer and see that it is on the PATH.',
    },
    cause,
  );

export const gitTooOld = (version: string) =>
  new ProblemError({
    code: 'git.too_old',
    status: 503,
    title: `git is too old: ${version}.`,
    detail: 'Nothing was touched. Install git 2.36 or newer.',
  });

export const gitFailed = (command: string, reason: string) =>
  new ProblemError({
    code: 'git.failed',
    status: 500,
    title: `git ${command} failed: ${reason || 'it was ended from outside'}.`,
    detail: 'Backups that were completed before are untouched. Verify them if this happens again.',
  });

export const storageFull = () =>
  new ProblemError({
    code: 'storage.full',
    status: 507,
    title: 'The disk with the repositories is full.',
    detail:
      'What was being written was taken back; earlier backups are untouched and can be restored. Make room, or delete backups and run maintenance.',
  });

export const storageReadOnly = (cause?: unknown) =>
  new ProblemError(
    {
      code: 'storage.read_only',
      status: 503,
      title: 'Lifeboat may not write to its data folder.',
      detail:
        'Nothing was changed; earlier backups can be read. Give Lifeboat the rights to the folder, or mount its file system writable again.',
    },
    cause,
  );

export const storageLow = ({ needed, free }: { needed: number; free: number }) =>
  new ProblemError({
    code: 'storage.low',
    status: 507,
    title: `There is not enough room for a backup: ${free} bytes are free, ${needed} are needed; ${needed - free} are missing.`,
    detail:
      'Nothing was written; reading, restoring and deleting still work. Make room: maintenance of the repository needs as much again as it holds.',
  });

export const objectDamaged = (what: string, reason: string) =>
  new ProblemError({
    code: 'repository.object_damaged',
    status: 500,
    title: `${what} cannot be read back: ${reason}.`,
    detail: 'The rest of the repository can still be read. Verify the backup to see what is hit.',
  });
