import { ProblemError } from '../../platform/problems.ts';

export const notReady = (because: string) =>
  new ProblemError(
    {
      code: 'server.not_ready',
      status: 503,
      title: `Lifeboat cannot work right now: ${because}`,
      detail: 'Nothing was changed. Ask again in a moment.',
    },
    undefined,
    2,
  );
