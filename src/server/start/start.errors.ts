import { ProblemError } from '../platform/problems.ts';

const nothingStarted = 'Nothing was started.';

export const portTaken = (host: string, port: number) =>
  new ProblemError({
    code: 'server.port_taken',
    status: 500,
    title: `Another program listens on ${host}:${port}.`,
    detail: `${nothingStarted} Choose another port with --port, or stop that program.`,
  });

export const addressUnusable = (host: string, reason: string) =>
  new ProblemError({
    code: 'server.address_unusable',
    status: 500,
    title: `Lifeboat cannot listen on ${host}: ${reason}.`,
    detail: `${nothingStarted} Choose an address of this machine with --host.`,
  });

export const contextNotThere = (name: string, known: readonly string[]) =>
  new ProblemError({
    code: 'config.cluster_unknown',
    status: 400,
    title: `No kubeconfig has a context ${name}.`,
    detail: `${nothingStarted} ${
      known.length > 0 ? `There are: ${known.join(', ')}.` : 'No context was found at all.'
    } Name one with --cluster, or use --cluster sandbox to try things out.`,
  });

export const tlsUnreadable = (path: string, cause: unknown) =>
  new ProblemError(
    {
      code: 'config.tls_unreadable',
      status: 400,
      title: `The file ${path} cannot be read.`,
      detail: `${nothingStarted} Check the path and the rights of --tls-cert and --tls-key.`,
    },
    cause,
  );
