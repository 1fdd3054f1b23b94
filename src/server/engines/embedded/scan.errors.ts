import { ProblemError } from '../../platform/problems.ts';

export const bodyBroken = (at: number, cause?: unknown) =>
  new ProblemError(
    {
      code: 'capture.body_broken',
      status: 502,
      title: `The answer of the API server is not a complete list (byte ${at}).`,
      detail: 'Nothing of this page was kept. A proxy in between may have cut or replaced it.',
    },
    cause,
  );
