import * as z from 'zod/mini';

const text = z.optional(z.nullable(z.string()));
const flag = z.optional(z.nullable(z.boolean()));

const cluster = z.object({
  server: text,
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': flag,
  'tls-server-name': text,
  'proxy-url': text,
  extensions: z.nullish(z.array(z.object({ name: z.string(), extension: z.unknown() }))),
});

const exec = z.object({
  apiVersion: z.enum([
    'client.authentication.k8s.io/v1',
    'client.authentication.k8s.io/v1beta1',
    'client.authentication.k8s.io/v1alpha1',
  ]),
  command: z.string(),
  args: z.nullish(z.array(z.string())),
  env: z.nullish(z.array(z.object({ name: z.string(), value: z.string() }))),
  installHint: text,
  provideClusterInfo: flag,
  interactiveMode: text,
});

const user = z.object({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  exec: z.nullish(exec),
  'auth-provider': z.nullish(z.unknown()),
});

const context = z.object({ cluster: text, user: text });

/** What Lifeboat reads of a kubeconfig; the rest is left alone. */
const kubeconfig = z.object({
  'current-context': text,
  clusters: z.nullish(z.array(z.object({ name: z.string(), cluster: z.nullish(cluster) }))),
  users: z.nullish(z.array(z.object({ name: z.string(), user: z.nullish(user) }))),
  contexts: z.nullish(z.array(z.object({ name: z.string(), context: z.nullish(context) }))),
});

export type Kubeconfig = z.infer<typeof kubeconfig>;
export type ClusterEntry = z.infer<typeof cluster>;
export type UserEntry = z.infer<typeof user>;
export type ExecConfig = z.infer<typeof exec>;

/** The document as a kubeconfig, or the first field that is wrong, as a phrase. */
export function readKubeconfig(document: unknown): { ok: Kubeconfig } | { wrong: string } {
  const parsed = kubeconfig.safeParse(document);
  if (parsed.success) return { ok: parsed.data };
  const [issue] = parsed.error.issues;
  return { wrong: issue === undefined ? 'it cannot be understood' : phrase(issue) };
}

function phrase(issue: z.core.$ZodIssue): string {
  const field = issue.path.join('.') || 'the document';
  if (issue.code === 'invalid_type') return `${field} must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_value') return `${field} must be one of ${issue.values.join(', ')}`;
  return `${field} cannot be understood`;
}

function article(type: string): string {
  if (type === 'object') return 'a mapping';
  return type === 'array' ? 'a list' : `a ${type}`;
}

/** An entry with the file that it is from: relative paths start there. */
export type From<T> = { where: string; directory: string; name: string; entry: T };

export type NamedContext = {
  where: string;
  name: string;
  cluster: From<ClusterEntry> | undefined;
  user: From<UserEntry> | undefined;
  /** As the context writes them, for messages. */
  clusterName: string;
  userName: string;
};

type Loaded = { where: string; directory: string; config: Kubeconfig };

/**
 * Several files as one, as kubectl does it: the first to define a name wins, and so does the first
 * current-context. A context may name what another file defines.
 */
export function mergeKubeconfigs(files: readonly Loaded[]): {
  contexts: NamedContext[];
  current: string | null;
} {
  const clusters = firstOfName(files, ({ clusters: all }) =>
    (all ?? []).map(({ name, cluster: entry }) => ({ name, entry: entry ?? {} })),
  );
  const users = firstOfName(files, ({ users: all }) =>
    (all ?? []).map(({ name, user: entry }) => ({ name, entry: entry ?? {} })),
  );
  const contexts = firstOfName(files, ({ contexts: all }) =>
    (all ?? []).map(({ name, context: entry }) => ({ name, entry: entry ?? {} })),
  );
  const current = files.map(({ config }) => config['current-context'] ?? '').find(Boolean);
  return {
    contexts: [...contexts.values()].map(({ where, name, entry }) => ({
      where,
      name,
      cluster: clusters.get(entry.cluster ?? ''),
      user: users.get(entry.user ?? ''),
      clusterName: entry.cluster ?? '',
      userName: entry.user ?? '',
    })),
    current: current ?? null,
  };
}

function firstOfName<T>(
  files: readonly Loaded[],
  entries: (config: Kubeconfig) => { name: string; entry: T }[],
): Map<string, From<T>> {
  const found = new Map<string, From<T>>();
  for (const { where, directory, config } of files)
    for (const { name, entry } of entries(config))
      if (!found.has(name)) found.set(name, { where, directory, name, entry });
  return found;
}
