import { execFile } from 'node:child_process';
import { copyFile, link, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Api, callApi, createObject } from './api.ts';
import type { Binaries } from './binaries.ts';
import { freePorts } from './ports.ts';
import type { Processes, Running } from './processes.ts';
import type { ObjectStore, TestbedAccess } from './provided.ts';

const namespace = 'velero';
const location = `/apis/velero.io/v1/namespaces/${namespace}/backupstoragelocations`;

export type VeleroServer = { namespace: string; restart: () => Promise<void> };

type Given = { binaries: Binaries; access: TestbedAccess; store: ObjectStore };

/** Velero's server beside the API server, with one location; ready when that is Available. */
export async function startVelero(processes: Processes, given: Given): Promise<VeleroServer> {
  const { binaries, access, store } = given;
  const api = { server: access.server, token: access.adminToken, ca: await caOf(access) };
  await promisify(execFile)(
    binaries.velero,
    ['install', '--crds-only', `--kubeconfig=${access.kubeconfig}`],
    { env: { ...process.env, HOME: access.directory } },
  );
  await createObject(api, '/api/v1/namespaces', { metadata: { name: namespace } });
  await createObject(api, `/apis/apps/v1/namespaces/${namespace}/deployments`, deployment);
  await createObject(api, location, defaultLocation(store));
  await writeCredentials(access, store);
  const plugins = await writePlugins(given);
  const start = () => startServer(processes, { given, plugins, api });
  let running = await start();
  const restart = async () => {
    await running.stop();
    running = await start();
  };
  return { namespace, restart };
}

async function startServer(
  processes: Processes,
  { given, plugins, api }: { given: Given; plugins: string; api: Api },
): Promise<Running> {
  const { binaries, access } = given;
  const [metrics = 0] = await freePorts(1);
  return processes.start({
    name: 'velero',
    // Absolute, and flags after `server`: it starts itself again for its own plugins.
    file: binaries.velero,
    args: [
      'server',
      `--kubeconfig=${access.kubeconfig}`,
      `--namespace=${namespace}`,
      `--plugin-dir=${plugins}`,
      `--metrics-address=127.0.0.1:${metrics}`,
      '--profiler-address=',
      '--backup-sync-period=5s',
      '--store-validation-frequency=5s',
    ],
    env: {
      AWS_SHARED_CREDENTIALS_FILE: join(access.directory, 's3-credentials'),
      HOME: access.directory,
    },
    ready: async () => {
      const metricsUp = (await fetch(`http://127.0.0.1:${metrics}/metrics`)).ok;
      return metricsUp && (await isAvailable(api));
    },
  });
}

async function isAvailable(api: Api): Promise<boolean> {
  const { text } = await callApi(api, { path: `${location}/default` });
  return text.includes('"phase":"Available"');
}

const caOf = ({ caFile }: TestbedAccess): Promise<string> => readFile(caFile, 'utf8');

/** Its image is never run, but restores fail when it is not there. */
const deployment = {
  metadata: { name: 'velero' },
  spec: {
    replicas: 0,
    selector: { matchLabels: { deploy: 'velero' } },
    template: {
      metadata: { labels: { deploy: 'velero' } },
      spec: { containers: [{ name: 'velero', image: 'velero/velero:v1.18.3' }] },
    },
  },
};

const defaultLocation = ({ endpoint, bucket }: ObjectStore) => ({
  apiVersion: 'velero.io/v1',
  kind: 'BackupStorageLocation',
  metadata: { name: 'default' },
  spec: {
    provider: 'aws',
    default: true,
    objectStorage: { bucket },
    config: {
      region: 'us-east-1',
      s3ForcePathStyle: 'true',
      s3Url: endpoint,
      checksumAlgorithm: '',
    },
  },
});

const writeCredentials = ({ directory }: TestbedAccess, store: ObjectStore): Promise<void> =>
  writeFile(
    join(directory, 's3-credentials'),
    `[default]\naws_access_key_id=${store.accessKeyId}\naws_secret_access_key=${store.secretAccessKey}\n`,
    { mode: 0o600 },
  );

/** A folder with nothing but the plugin: Velero starts every executable that it finds there. */
async function writePlugins({ binaries, access }: Given): Promise<string> {
  const folder = join(access.directory, 'plugins');
  await mkdir(folder);
  const from = binaries['velero-plugin-for-aws'];
  const to = join(folder, 'velero-plugin-for-aws');
  await link(from, to).catch(() => copyFile(from, to));
  return folder;
}
