import { execFile } from 'node:child_process';
import { isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import type { Connection, Credentials } from './connection.types.ts';
import { execPluginFailed } from './kubeconfig.errors.ts';
import type { ClusterEntry, ExecConfig } from './kubeconfig.models.ts';
import type { Environment } from './proxy.ts';

const run = promisify(execFile);

export type ExecPlugin = {
  config: ExecConfig;
  /** Name of the user entry, for messages. */
  user: string;
  /** A command with a slash starts here, as for kubectl. */
  directory: string;
  cluster: ClusterEntry;
  env: Environment;
  now: () => number;
  /** Milliseconds; default one minute. */
  timeout?: number;
};

/**
 * Credentials from an exec plugin: run once and kept until they expire or were refused, however many
 * ask at the same time. https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
 */
export function createExecPlugin(
  plugin: ExecPlugin,
): (connection: Omit<Connection, 'credentials'>, refused?: Credentials) => Promise<Credentials> {
  let kept: Credentials | undefined;
  let running: Promise<Credentials> | undefined;
  return async (connection, refused) => {
    if (kept && !same(kept, refused) && plugin.now() < (kept.expiresAt ?? Infinity)) return kept;
    running ??= ask(plugin, connection).finally(() => (running = undefined));
    kept = await running;
    return kept;
  };
}

const same = (a: Credentials, b: Credentials | undefined) =>
  a.token === b?.token && a.clientCertificate === b?.clientCertificate;

async function ask(
  plugin: ExecPlugin,
  connection: Omit<Connection, 'credentials'>,
): Promise<Credentials> {
  const { config } = plugin;
  if (config.interactiveMode === 'Always')
    throw failed(plugin, 'it needs a terminal (interactiveMode: Always)');
  const output = await execute(plugin, {
    ...plugin.env,
    ...Object.fromEntries((config.env ?? []).map(({ name, value }) => [name, value])),
    KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(plugin, connection)),
  });
  return credentials(plugin, output);
}

/** SIGKILL after the timeout: a program that hangs may well ignore anything milder. */
async function execute(plugin: ExecPlugin, env: NodeJS.ProcessEnv): Promise<string> {
  const { config, directory, timeout = 60_000 } = plugin;
  const relative = /[/\\]/.test(config.command) && !isAbsolute(config.command);
  const path = relative ? join(directory, config.command) : config.command;
  const options = { env, timeout, killSignal: 'SIGKILL', maxBuffer: 1024 * 1024 } as const;
  try {
    const answer = run(path, config.args ?? [], { ...options, windowsHide: true });
    answer.child.stdin?.end();
    return (await answer).stdout;
  } catch (error) {
    throw failed(plugin, complaint(error, timeout), error);
  }
}

const failure = z.object({
  code: z.optional(z.union([z.string(), z.number(), z.null()])),
  killed: z.optional(z.boolean()),
  stderr: z.optional(z.string()),
});

function complaint(error: unknown, timeout: number): string {
  const { code, killed, stderr = '' } = failure.safeParse(error).data ?? {};
  const said = stderr.trim().slice(-1000);
  if (code === 'ENOENT') return 'there is no such program';
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'it printed more than 1 MB';
  if (killed === true) return `it did not end within ${timeout / 1000} s. ${said}`.trim();
  return said || `it ended with ${String(code ?? 'a signal')}`;
}

const execCredential = z.object({
  apiVersion: z.string(),
  kind: z.literal('ExecCredential'),
  status: z.object({
    token: z.optional(z.string()),
    clientCertificateData: z.optional(z.string()),
    clientKeyData: z.optional(z.string()),
    expirationTimestamp: z.optional(z.string()),
  }),
});

function credentials(plugin: ExecPlugin, output: string): Credentials {
  const parsed = execCredential.safeParse(json(output));
  if (!parsed.success || parsed.data.apiVersion !== plugin.config.apiVersion)
    throw failed(plugin, `it printed no ExecCredential of ${plugin.config.apiVersion}`);
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = parsed.data.status;
  const certified = clientCertificateData !== undefined && clientKeyData !== undefined;
  if (!token && !certified) throw failed(plugin, 'it gave neither a token nor a certificate');
  const expiresAt = Date.parse(expirationTimestamp ?? '');
  return {
    ...(token ? { token } : {}),
    ...(certified ? { clientCertificate: clientCertificateData, clientKey: clientKeyData } : {}),
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
  };
}

function json(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined; // not an ExecCredential either; the text may hold a secret, so it is not shown
  }
}

const extensionName = 'client.authentication.k8s.io/exec';

function execInfo({ config, cluster }: ExecPlugin, connection: Omit<Connection, 'credentials'>) {
  const about = {
    server: connection.server,
    'tls-server-name': connection.tlsServerName,
    'insecure-skip-tls-verify': connection.insecureSkipTlsVerify,
    'certificate-authority-data':
      connection.ca === undefined ? undefined : Buffer.from(connection.ca).toString('base64'),
    'proxy-url': connection.proxyUrl,
    config: cluster.extensions?.find(({ name }) => name === extensionName)?.extension,
  };
  return {
    apiVersion: config.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(config.provideClusterInfo === true ? { cluster: about } : {}) },
  };
}

const failed = ({ config, user }: ExecPlugin, said: string, cause?: unknown) =>
  execPluginFailed(
    { command: config.command, user, said, hint: config.installHint ?? undefined },
    cause,
  );
