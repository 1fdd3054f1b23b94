import * as z from 'zod/mini';

const port = z.coerce.number().check(z.int(), z.gte(0), z.lte(65_535));
const yes = z.pipe(
  z.union([z.boolean(), z.enum(['true', 'false'])]),
  z.transform((value) => value === true || value === 'true'),
);
const list = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value)),
);

type Setting = {
  schema: z.ZodMiniType;
  /** Word for the value in `--help`; null: a switch. */
  value: string | null;
  help: string;
  env: string;
};

/**
 * Every setting, once: flag (`--export-root`), environment, key of the file, and its line of `--help`
 * come from here.
 */
export const settings = {
  data: {
    schema: z.string().check(z.minLength(1)),
    value: 'DIR',
    env: 'LIFEBOAT_DATA',
    help: 'Where repositories, keys and the database are (default: $XDG_DATA_HOME/lifeboat).',
  },
  config: {
    schema: z.string(),
    value: 'FILE',
    env: 'LIFEBOAT_CONFIG',
    help: 'A YAML file with these settings (default: DATA/lifeboat.yaml, when it is there).',
  },
  cluster: {
    schema: z.string().check(z.minLength(1)),
    value: 'NAME',
    env: 'LIFEBOAT_CLUSTER',
    help: 'The cluster that commands mean: a context of the kubeconfig, or "sandbox" to try things out.',
  },
  kubeconfig: {
    schema: list,
    value: 'FILES',
    env: 'LIFEBOAT_KUBECONFIG',
    help: 'Kubeconfig files, comma-separated (default: $KUBECONFIG, else ~/.kube/config).',
  },
  host: {
    schema: z.string(),
    value: 'HOST',
    env: 'LIFEBOAT_HOST',
    help: 'Address to listen on (default: 127.0.0.1). Any other needs TLS or --trusted-proxy.',
  },
  port: {
    schema: port,
    value: 'PORT',
    env: 'LIFEBOAT_PORT',
    help: 'Port to listen on (default: 7575; 0: any free one).',
  },
  publicUrl: {
    schema: z.url(),
    value: 'URL',
    env: 'LIFEBOAT_PUBLIC_URL',
    help: 'The address people use, when it differs (behind a proxy).',
  },
  trustedProxy: {
    schema: list,
    value: 'ADDRESSES',
    env: 'LIFEBOAT_TRUSTED_PROXY',
    help: 'Proxies whose X-Forwarded headers count, comma-separated. They must end TLS.',
  },
  tlsCert: {
    schema: z.string(),
    value: 'FILE',
    env: 'LIFEBOAT_TLS_CERT',
    help: 'Certificate (PEM) to serve HTTPS with.',
  },
  tlsKey: { schema: z.string(), value: 'FILE', env: 'LIFEBOAT_TLS_KEY', help: 'Its key (PEM).' },
  databaseUrl: {
    schema: z.string().check(z.regex(/^postgres(ql)?:\/\//, 'not a postgres:// address')),
    value: 'URL',
    env: 'DATABASE_URL',
    help: 'PostgreSQL to use instead of the SQLite file in the data folder.',
  },
  encryptionKeyFile: {
    schema: z.string(),
    value: 'FILE',
    env: 'LIFEBOAT_ENCRYPTION_KEY_FILE',
    help: 'The key that seals Secrets (default: DATA/keys, made at the first start).',
  },
  exportRoot: {
    schema: z.string(),
    value: 'DIR',
    env: 'LIFEBOAT_EXPORT_ROOT',
    help: 'Folder below which backups may be exported; without it only S3 is possible.',
  },
  logLevel: {
    schema: z.enum(['error', 'warn', 'info', 'debug']),
    value: 'LEVEL',
    env: 'LIFEBOAT_LOG_LEVEL',
    help: 'error, warn, info (default) or debug.',
  },
  help: { schema: yes, value: null, env: 'LIFEBOAT_HELP', help: 'Show this and stop.' },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
