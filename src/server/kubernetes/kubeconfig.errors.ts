import { ProblemError } from '../platform/problems.ts';

const flatten =
  '“kubectl config view --minify --flatten” prints one context with all it needs inline.';

/** `where`: the file, or `the kubeconfig` for one sent as text. */
export const kubeconfigInvalid = (where: string, what: string, cause?: unknown) =>
  new ProblemError(
    {
      code: 'clusters.kubeconfig_invalid',
      status: 422,
      title: `${where} is not a valid kubeconfig: ${what}.`,
      detail: 'Nothing was changed. Correct it and try again; “kubectl config view” reads it too.',
    },
    cause,
  );

export const kubeconfigUnreadable = (file: string, cause: unknown) =>
  new ProblemError(
    {
      code: 'clusters.kubeconfig_unreadable',
      status: 422,
      title: `${file} cannot be read${because(cause)}.`,
      detail: 'Nothing was changed. Check the path and the rights of the account Lifeboat runs as.',
    },
    cause,
  );

/** `field`: the field of the kubeconfig that names the file. */
export const credentialFileUnreadable = (
  given: { where: string; field: string; path: string },
  cause: unknown,
) =>
  new ProblemError(
    {
      code: 'clusters.kubeconfig_file_unreadable',
      status: 422,
      title: `${given.path} cannot be read${because(cause)}; ${given.where} names it as ${given.field}.`,
      detail: 'Nothing was changed. Put the file back or correct the field, then try again.',
    },
    cause,
  );

export const contextUnknown = (where: string, context: string) =>
  new ProblemError({
    code: 'clusters.kubeconfig_context_unknown',
    status: 422,
    title: `${where} has no context ${context}.`,
    detail: 'Nothing was changed. “kubectl config get-contexts” lists those there are.',
  });

export const contextMissing = () =>
  new ProblemError({
    code: 'clusters.kubeconfig_context_missing',
    status: 422,
    title: 'The kubeconfig has no current context and none was named.',
    detail: 'Nothing was changed. Name one of its contexts, or set current-context.',
  });

export const programRefused = (field: string) =>
  new ProblemError({
    code: 'clusters.kubeconfig_runs_program',
    status: 422,
    title: `${field} would run a program on the server; that is only done for kubeconfig files named at start.`,
    detail: `Nothing was added. Use a token or a client certificate instead. ${flatten}`,
  });

export const pathRefused = (field: string) =>
  new ProblemError({
    code: 'clusters.kubeconfig_reads_file',
    status: 422,
    title: `${field} names a file on the server; that is only read for kubeconfig files named at start.`,
    detail: `Nothing was added. Put the content itself into the ${field}-data field. ${flatten}`,
  });

export const linkLocalAddress = (host: string) =>
  new ProblemError({
    code: 'clusters.link_local',
    status: 422,
    title: `${host} is a link-local or metadata address of this machine's network, where no cluster is.`,
    detail: 'Nothing was added. Give the address under which the API server is reached.',
  });

export const authProviderUnsupported = (where: string, user: string) =>
  new ProblemError({
    code: 'clusters.kubeconfig_auth_provider',
    status: 422,
    title: `The user ${user} in ${where} signs in by an auth-provider, which Kubernetes has given up.`,
    detail: 'Nothing was changed. Use the exec plugin of your provider instead, or a token.',
  });

/** `said`: what the plugin wrote to its standard error, or why its answer cannot be used. */
export const execPluginFailed = (
  given: { command: string; user: string; said: string; hint?: string | undefined },
  cause?: unknown,
) =>
  new ProblemError(
    {
      code: 'clusters.kubeconfig_exec_failed',
      status: 502,
      title: `The sign-in program ${given.command} of the user ${given.user} failed: ${given.said}`,
      detail:
        `Nothing was changed. Run it by hand to see more, then try again. ${given.hint ?? ''}`.trim(),
    },
    cause,
  );

function because(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return ': there is no such file';
  if (code === 'EACCES') return ': permission denied';
  if (code === 'EISDIR') return ': it is a folder';
  return cause instanceof Error ? `: ${cause.message}` : '';
}
