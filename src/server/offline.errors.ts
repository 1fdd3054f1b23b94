import { ProblemError } from './platform/problems.ts';

export const usedWrongly = (usage: string, cause?: unknown) =>
  new ProblemError(
    {
      code: 'command.used_wrongly',
      status: 400,
      title: cause instanceof Error ? cause.message : 'Something is missing.',
      detail: `Usage: ${usage}`,
    },
    cause,
  );

export const ownKeyFile = (file: string) =>
  new ProblemError({
    code: 'keys.file_is_yours',
    status: 409,
    title: `The keys of this installation are in ${file}, which Lifeboat never writes to.`,
    detail: 'Nothing was taken over. Add the lines of the other key file to it, and try again.',
  });
