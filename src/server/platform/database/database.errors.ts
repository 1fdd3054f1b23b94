import { ProblemError } from '../problems.ts';

export const databaseNewer = (unknown: readonly string[]) =>
  new ProblemError({
    code: 'database.newer',
    status: 500,
    title: 'This data was written by a newer Lifeboat.',
    detail: `Nothing was changed. Start the newer version again (it knows ${unknown.join(', ')}).`,
  });

export const databaseUnusable = (where: string, cause: unknown) =>
  new ProblemError(
    {
      code: 'database.unusable',
      status: 500,
      title: `The database at ${where} cannot be opened.`,
      detail: `Nothing was changed. ${reasonOf(cause)}`,
    },
    cause,
  );

export const migrationFailed = (name: string, copy: string | null, cause: unknown) =>
  new ProblemError(
    {
      code: 'database.migration_failed',
      status: 500,
      title: `The database could not be brought to the state ${name}.`,
      detail: `It is as it was before${copy ? `, and a copy is kept at ${copy}` : ''}. ${reasonOf(cause)}`,
    },
    cause,
  );

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'Lifeboat may not write there: give it the rights, or choose another folder with --data.',
  EROFS: 'That file system is read-only: choose another folder with --data.',
  ENOSPC: 'The disk is full: make room and start again.',
  SQLITE_CANTOPEN: 'The file cannot be opened: check that the folder exists and may be written.',
  SQLITE_READONLY: 'The file may not be written: give Lifeboat the rights.',
  SQLITE_FULL: 'The disk is full: make room and start again.',
  SQLITE_NOTADB:
    'The file is not a database: move it away, and Lifeboat rebuilds it from the repositories.',
  SQLITE_CORRUPT:
    'The file is damaged: move it away, and Lifeboat rebuilds it from the repositories.',
  ECONNREFUSED: 'No PostgreSQL answers there: check DATABASE_URL.',
  ENOTFOUND: 'There is no machine of that name: check DATABASE_URL.',
  '57P01': 'PostgreSQL is being stopped: start Lifeboat again when it is back.',
  '28P01': 'PostgreSQL refused the password: check DATABASE_URL.',
  '3D000': 'That PostgreSQL database does not exist: create it first.',
};

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known = reasons[code] ?? reasons[code.split('_').slice(0, 2).join('_')];
  return known ?? `The reason: ${cause instanceof Error ? cause.message : String(cause)}`;
}
