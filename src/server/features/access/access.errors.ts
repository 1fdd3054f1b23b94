import { ProblemError } from '../../platform/problems.ts';

/** The same words for every reason, so that nobody learns which accounts there are. */
export const signInRefused = () =>
  new ProblemError({
    code: 'access.sign_in_refused',
    status: 401,
    title: 'This name and password do not fit together.',
    detail: 'You are not signed in. Check both; an administrator can set a new password.',
  });

export const linkRefused = () =>
  new ProblemError({
    code: 'access.link_refused',
    status: 401,
    title: 'This sign-in link is used up, too old, or not for this machine.',
    detail:
      'You are not signed in. Make a new one with “lifeboat sessions link” on the machine where Lifeboat runs, and open it there.',
  });

export const tooManySignIns = (seconds: number) =>
  new ProblemError(
    {
      code: 'access.too_many_sign_ins',
      status: 429,
      title: 'Too many tries to sign in.',
      detail: `You are not signed in. Try again in ${seconds} s; sessions that are open go on.`,
    },
    undefined,
    seconds,
  );

export const noSession = () =>
  new ProblemError({
    code: 'access.no_session',
    status: 409,
    title: 'This call is not made in a session that could end.',
    detail: 'Nothing was changed. A token ends when it is revoked, the socket with its connection.',
  });

export const moreThanYours = () =>
  new ProblemError({
    code: 'access.more_than_yours',
    status: 403,
    title: 'This concerns rights that you do not have yourself.',
    detail: 'Nothing was changed. Ask somebody who has them; the local administrator has all.',
  });

export const lastWayIn = () =>
  new ProblemError({
    code: 'access.last_way_in',
    status: 409,
    title: 'This is the last account that may manage access.',
    detail: 'Nothing was changed. Give another account the role admin on all clusters first.',
  });

export const userUnknown = (name: string) =>
  new ProblemError({
    code: 'access.user_unknown',
    status: 404,
    title: `There is no account ${name}.`,
    detail: 'Nothing was changed. It may have been removed meanwhile; reload the list.',
  });

export const userTaken = (name: string) =>
  new ProblemError({
    code: 'access.user_taken',
    status: 409,
    title: `The name ${name} is taken.`,
    detail: 'Nothing was changed. Choose another name.',
  });

export const passwordWeak = () =>
  new ProblemError({
    code: 'access.password_weak',
    status: 422,
    title: 'This password is too easy to guess.',
    detail:
      'Nothing was changed. Choose one with at least five different characters and without the name.',
  });

export const nothingToChange = () =>
  new ProblemError({
    code: 'access.nothing_to_change',
    status: 422,
    title: 'This names nothing to change.',
    detail: 'Nothing was changed. Give a password, bindings, or disabled.',
  });

export const tokenUnknown = () =>
  new ProblemError({
    code: 'access.token_unknown',
    status: 404,
    title: 'There is no such API token, or it is revoked already.',
    detail: 'Nothing was changed. Reload the list.',
  });

export const tokenTaken = (name: string) =>
  new ProblemError({
    code: 'access.token_taken',
    status: 409,
    title: `There is a token named ${name} already.`,
    detail: 'Nothing was made. Choose another name: the audit trail tells tokens apart by it.',
  });
