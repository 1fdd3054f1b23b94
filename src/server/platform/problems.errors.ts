import { ProblemError } from './problems.ts';

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
