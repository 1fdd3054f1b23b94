import { ProblemError } from './problems.ts';

const fullDisk = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL', '53100']);

/** True for what the system and both databases throw when nothing more can be written. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && fullDisk.has(String(error.code))) || isDiskFull(error.cause));

/** Every change leaves its trace in the audit trail first: without room for that nothing is begun. */
export const noRoom = (cause: unknown) =>
  new ProblemError(
    {
      code: 'server.disk_full',
      status: 507,
      title: 'The disk is full.',
      detail:
        'Nothing was changed; reading goes on, and earlier backups are unharmed. Make room on the disk of the data folder and try again: no restart is needed.',
    },
    cause,
  );

/** Ours, never the caller's: the cause goes to the log, not into the answer. */
export const broken = (cause: unknown) =>
  new ProblemError(
    {
      code: 'server.broken',
      status: 500,
      title: 'Lifeboat made a mistake while answering.',
      detail: 'What was saved stays saved. The log has the cause; try again or report it.',
    },
    cause,
  );
