import { ProblemError } from './problems.ts';

export const keyMissing = (ids: readonly string[], where: string) =>
  new ProblemError({
    code: 'keys.missing',
    status: 503,
    title: `The encryption key ${ids.join(', ')} is missing: what it sealed cannot be read.`,
    detail: `Nothing was touched. Put the key from the recovery kit into ${where}, as a line of its own, or name its file with LIFEBOAT_ENCRYPTION_KEY_FILE.`,
  });

export const keyFileUnreadable = (file: string, cause: unknown) =>
  new ProblemError(
    {
      code: 'keys.unreadable',
      status: 503,
      title: `The key file ${file} cannot be read.`,
      detail: 'Nothing was touched. Check that it exists and that Lifeboat may read it.',
    },
    cause,
  );

export const keyFileBroken = (file: string, line: number) =>
  new ProblemError({
    code: 'keys.broken',
    status: 503,
    title: `Line ${line} of the key file ${file} is not an intact key.`,
    detail:
      'Nothing was touched. Copy the line again from the recovery kit; a new key is made by `openssl rand -base64 32`.',
  });

export const keyFileEmpty = (file: string) =>
  new ProblemError({
    code: 'keys.empty',
    status: 503,
    title: `The key file ${file} holds no key.`,
    detail: 'Nothing was touched. A new key is made by `openssl rand -base64 32`.',
  });

export const sealBroken = (identity: string, cause?: unknown) =>
  new ProblemError(
    {
      code: 'keys.seal_broken',
      status: 500,
      title: `${identity} cannot be opened: it was altered, cut or moved after it was sealed.`,
      detail: 'The other objects can still be read. Verify the backup to see what else is damaged.',
    },
    cause,
  );

export const sealedByUnknownKey = (identity: string, id: string) =>
  new ProblemError({
    code: 'keys.missing',
    status: 503,
    title: `${identity} was sealed with the key ${id}, which is not here.`,
    detail: 'Nothing was touched. Add the key from the recovery kit to the key file.',
  });
