import { ProblemError } from '../../platform/problems.ts';

export const auditBusy = () =>
  new ProblemError(
    {
      code: 'audit.busy',
      status: 503,
      title: 'The audit trail is written by too many at once.',
      detail: 'Nothing was changed: nothing happens without its entry. Try again.',
    },
    undefined,
    1,
  );
