import type * as z from 'zod/mini';
import type { Permission } from '#shared/access/permissions.models.ts';
import { ProblemError } from '../problems.ts';

export const signInNeeded = () =>
  new ProblemError({
    code: 'access.sign_in_needed',
    status: 401,
    title: 'You are not signed in.',
    detail: 'Nothing was changed. Sign in and try again.',
  });

export const permissionMissing = (permission: Permission) =>
  new ProblemError({
    code: 'access.permission_missing',
    status: 403,
    title: `This needs the permission ${permission} on everything it touches.`,
    detail: 'Nothing was changed. An administrator can grant it under Settings, People.',
  });

/** At most five of the faults: a list of ten thousand wrong items is still one sentence. What a schema says of a field has no full stop. */
export const requestInvalid = ({ issues }: z.core.$ZodError) =>
  invalid(issues.slice(0, 5).map(({ path, message }) => sentence(path.join('.'), message)));

export const fieldsUnknown = (fields: readonly string[]) =>
  invalid(fields.slice(0, 5).map((field) => `${field.slice(0, 100)}: there is no such field here`));

const sentence = (path: string, message: string) => (path === '' ? message : `${path}: ${message}`);

const invalid = (faults: readonly string[]) =>
  new ProblemError({
    code: 'request.invalid',
    status: 400,
    title: `${faults.join('; ')}.`,
    detail: 'Nothing was changed. Correct the request and send it again.',
  });

export const keyInvalid = () => invalid(['Idempotency-Key: 1 to 255 visible ASCII characters']);

export const keyReused = () =>
  new ProblemError({
    code: 'request.key_reused',
    status: 409,
    title: 'This idempotency key was used for another request.',
    detail: 'Nothing was changed by this call. Send it again with a key of its own.',
  });

export const stillRunning = () =>
  new ProblemError(
    {
      code: 'request.still_running',
      status: 409,
      title: 'The first call with this idempotency key is still being worked on.',
      detail: 'This one changed nothing. Ask again in a moment to get the answer of the first.',
    },
    undefined,
    1,
  );

/** Kept as the answer of a call whose process died before it could answer. */
export const outcomeUnknown = () =>
  new ProblemError({
    code: 'request.outcome_unknown',
    status: 409,
    title: 'Lifeboat stopped while it worked on the first call with this idempotency key.',
    detail: 'It may have had its effect. Look first; to do it again, send it with a new key.',
  });

/** Kept instead of an answer that held a secret. */
export const shownOnce = () =>
  new ProblemError({
    code: 'request.shown_once',
    status: 409,
    title: 'This was done by an earlier call, whose answer held a secret that is shown only once.',
    detail: 'Nothing was done a second time. If the answer was lost, make a new one and revoke it.',
  });
