import { ProblemError } from './problems.ts';

export const dataInUse = (owner: string) =>
  new ProblemError({
    code: 'data.in_use',
    status: 500,
    title: 'Another Lifeboat is working on this data.',
    detail: `Nothing was changed. ${owner} Stop it first, or choose another folder with --data.`,
  });

export const dataFolderUnusable = (folder: string, cause: unknown) =>
  new ProblemError(
    {
      code: 'data.folder_unusable',
      status: 500,
      title: `The data folder ${folder} cannot be used.`,
      detail: `Nothing was started, and what is in it is as it was. ${reasonOf(cause)}`,
    },
    cause,
  );

const choose = 'or choose another folder with --data.';
const inTheWay = `A file is where a folder is needed: move it away, ${choose}`;
const notAllowed = `Lifeboat may not write there: give it the rights, ${choose}`;
const readOnly = `That file system is read-only: mount it for writing, ${choose}`;
const full = `The disk is full: make room and start again, ${choose}`;

const reasons: Readonly<Record<string, string>> = {
  ENOTDIR: inTheWay,
  EEXIST: inTheWay,
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: readOnly,
  SQLITE_READONLY: readOnly,
  ENOSPC: full,
  EDQUOT: full,
  SQLITE_FULL: full,
  ENOENT: `That file system lets nobody make folders: choose another folder with --data.`,
  ELOOP: `Its path is links that lead to each other: correct them, ${choose}`,
  ENAMETOOLONG: 'Its path is too long: choose another folder with --data.',
  SQLITE_NOTADB: 'The file owner.lock in it was overwritten: delete that file and start again.',
  SQLITE_CANTOPEN: `The file owner.lock in it cannot be opened: check its rights, ${choose}`,
  SQLITE_IOERR: `The disk reports errors, or its file system knows no locks: check it, ${choose}`,
};

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known = reasons[code] ?? reasons[code.split('_').slice(0, 2).join('_')];
  return known ?? `The reason: ${cause instanceof Error ? cause.message : String(cause)}`;
}
