import { ProblemError } from '../problems.ts';

const nothingStarted = 'Nothing was started. `npm start -- --help` lists every setting.';

export const settingUnknown = (given: string, nearest: string | undefined) =>
  new ProblemError({
    code: 'config.unknown',
    status: 400,
    title: `There is no setting ${given}.${nearest ? ` Did you mean ${nearest}?` : ''}`,
    detail: nothingStarted,
  });

export const settingInvalid = (given: string, reason: string) =>
  new ProblemError({
    code: 'config.invalid',
    status: 400,
    title: `${given} cannot be used: ${reason}.`,
    detail: nothingStarted,
  });

export const configUnreadable = (path: string, reason: string) =>
  new ProblemError({
    code: 'config.unreadable',
    status: 400,
    title: `The settings in ${path} cannot be read: ${reason}.`,
    detail: nothingStarted,
  });

export const hostNeedsTls = (host: string) =>
  new ProblemError({
    code: 'config.host_needs_tls',
    status: 400,
    title: `Lifeboat does not serve ${host} in plain text.`,
    detail:
      'Nothing was started. Give --tls-cert and --tls-key, or state the proxy that ends TLS with --trusted-proxy, or stay on 127.0.0.1.',
  });
