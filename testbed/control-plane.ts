import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callApi } from './api.ts';
import type { Binaries } from './binaries.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { freePorts } from './ports.ts';
import type { Processes } from './processes.ts';
import type { TestbedAccess } from './provided.ts';

export type ControlPlaneOptions = {
  context: string;
  directory: string;
  binaries: Binaries;
  apiServerFlags: readonly string[];
  /** Address of the token reviews. */
  reviews: string;
  userSecret: string;
};

/** etcd and the API server; ready when `/readyz` says so. */
export async function startControlPlane(
  processes: Processes,
  options: ControlPlaneOptions,
): Promise<TestbedAccess> {
  const { context, directory, userSecret } = options;
  const [client = 0, peer = 0, secure = 0] = await freePorts(3);
  const etcd = `http://127.0.0.1:${client}`;
  await startEtcd(processes, options, { etcd, peer: `http://127.0.0.1:${peer}` });
  const adminToken = await writeAdminToken(directory);
  await writeServiceAccountKeys(directory);
  await writeReviewConfig(directory, options.reviews);
  const server = `https://127.0.0.1:${secure}`;
  const caFile = join(directory, 'apiserver.crt');
  await processes.start({
    name: 'kube-apiserver',
    file: options.binaries['kube-apiserver'],
    args: [...apiServerFlags({ directory, etcd, port: secure }), ...options.apiServerFlags],
    ready: async () => {
      const ca = await readFile(caFile, 'utf8');
      return (await callApi({ server, ca, token: adminToken }, { path: '/readyz' })).status === 200;
    },
  });
  const ca = await readFile(caFile, 'utf8');
  const kubeconfig = await writeKubeconfig(join(directory, 'admin.kubeconfig'), {
    context,
    server,
    ca,
    user: 'admin',
    token: adminToken,
  });
  return { kubeconfig, context, server, adminToken, caFile, etcd, userSecret, directory };
}

/** Namespace deletion, default service accounts, garbage collection, workloads, PVC binding. */
export async function startControllers(
  processes: Processes,
  { binaries, access }: { binaries: Binaries; access: TestbedAccess },
): Promise<void> {
  const { directory, server, adminToken: token, caFile, kubeconfig } = access;
  const ca = await readFile(caFile, 'utf8');
  const path = '/api/v1/namespaces/default/serviceaccounts/default';
  await processes.start({
    name: 'kube-controller-manager',
    file: binaries['kube-controller-manager'],
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--service-account-private-key-file=${join(directory, 'sa.key')}`,
      `--root-ca-file=${caFile}`,
      '--use-service-account-credentials=true',
      '--leader-elect=false',
      '--secure-port=0',
      '--kube-api-qps=200',
      '--kube-api-burst=400',
    ],
    ready: async () => (await callApi({ server, ca, token }, { path })).status === 200,
  });
}

async function startEtcd(
  processes: Processes,
  { binaries, directory }: ControlPlaneOptions,
  { etcd, peer }: { etcd: string; peer: string },
): Promise<void> {
  await processes.start({
    name: 'etcd',
    file: binaries.etcd,
    args: [
      `--data-dir=${join(directory, 'etcd')}`,
      '--unsafe-no-fsync',
      `--listen-client-urls=${etcd}`,
      `--advertise-client-urls=${etcd}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
    ],
    ready: async () => (await fetch(`${etcd}/readyz`)).ok,
  });
}

const apiServerFlags = (given: { directory: string; etcd: string; port: number }): string[] => [
  `--etcd-servers=${given.etcd}`,
  `--secure-port=${given.port}`,
  '--bind-address=127.0.0.1',
  `--cert-dir=${given.directory}`,
  '--service-account-issuer=https://kubernetes.default.svc',
  `--service-account-key-file=${join(given.directory, 'sa.pub')}`,
  `--service-account-signing-key-file=${join(given.directory, 'sa.key')}`,
  `--token-auth-file=${join(given.directory, 'tokens.csv')}`,
  `--authentication-token-webhook-config-file=${join(given.directory, 'reviews.kubeconfig')}`,
  '--authentication-token-webhook-cache-ttl=1s',
  '--authentication-token-webhook-version=v1',
  '--authorization-mode=RBAC',
  '--service-cluster-ip-range=10.0.0.0/24',
  '--allow-privileged=true',
  '--endpoint-reconciler-type=none',
];

async function writeAdminToken(directory: string): Promise<string> {
  const token = randomBytes(24).toString('hex');
  const line = `${token},admin,admin,"system:masters"\n`;
  await writeFile(join(directory, 'tokens.csv'), line, { mode: 0o600 });
  return token;
}

async function writeServiceAccountKeys(directory: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await writeFile(join(directory, 'sa.key'), privateKey, { mode: 0o600 });
  await writeFile(join(directory, 'sa.pub'), publicKey);
}

const writeReviewConfig = (directory: string, url: string): Promise<void> =>
  writeFile(
    join(directory, 'reviews.kubeconfig'),
    `apiVersion: v1
kind: Config
current-context: reviews
contexts: [{ name: reviews, context: { cluster: reviews, user: apiserver } }]
clusters: [{ name: reviews, cluster: { server: '${url}' } }]
users: [{ name: apiserver, user: {} }]
`,
  );
