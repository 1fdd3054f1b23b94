import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Say, provideBinaries } from './build.ts';
import { startControlPlane, startControllers } from './control-plane.ts';
import type { Binary } from './modules.ts';
import { startObjectStore } from './object-store.ts';
import { type Processes, type Running, createProcesses } from './processes.ts';
import type { ObjectStore, TestbedAccess } from './provided.ts';
import { type User, addUser, startTokenReviews } from './users.ts';
import { type VeleroServer, startVelero } from './velero.ts';

export type TestbedOptions = {
  /** Default true. Off: quicker, but nothing deletes namespaces or makes service accounts. */
  controllers?: boolean;
  /** Default false. Also an S3 server and Velero, with one location in it. */
  velero?: boolean;
  /** More flags for the API server. */
  apiServerFlags?: readonly string[];
  /** Name of the kubeconfig's context; default `testbed`. */
  context?: string;
  say?: Say;
};

export type Testbed = TestbedAccess & {
  /** The same as plain data, fit for another process. */
  access: TestbedAccess;
  processes: readonly Running[];
  addUser: (user: User) => Promise<{ kubeconfig: string; token: string }>;
  store: ObjectStore | undefined;
  velero: (VeleroServer & { binary: string }) | undefined;
  /** Ends every process and removes the folder. */
  stop: () => Promise<void>;
};

/**
 * A real control plane as plain processes on loopback, with ports and folders of its own: several
 * run side by side. A failed start leaves no process, and names the log that says why.
 */
export async function startTestbed(options: TestbedOptions = {}): Promise<Testbed> {
  const directory = await mkdtemp(join(tmpdir(), 'lifeboat-testbed-'));
  const processes = createProcesses(directory);
  const userSecret = randomBytes(16).toString('hex');
  const reviews = await startTokenReviews(userSecret);
  const end = async () => {
    await processes.stop();
    await reviews.stop();
  };
  try {
    const parts = await startParts({ options, processes, directory, userSecret, reviews });
    const stop = async () => {
      await end();
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    };
    const { access, store, velero } = parts;
    const add = (user: User) => addUser(access, user);
    return { ...access, access, processes: processes.running(), addUser: add, store, velero, stop };
  } catch (error) {
    await end();
    throw error;
  }
}

async function startParts(given: {
  options: TestbedOptions;
  processes: Processes;
  directory: string;
  userSecret: string;
  reviews: { url: string };
}) {
  const { options, processes, directory, userSecret, reviews } = given;
  const { controllers = true, velero: withVelero = false } = options;
  const binaries = await provideBinaries(needed({ controllers, withVelero }), options.say);
  const access = await startControlPlane(processes, {
    context: options.context ?? 'testbed',
    apiServerFlags: options.apiServerFlags ?? [],
    reviews: reviews.url,
    directory,
    binaries,
    userSecret,
  });
  if (controllers || withVelero) await startControllers(processes, { binaries, access });
  if (!withVelero) return { access, store: undefined, velero: undefined };
  const store = await startObjectStore(processes, { binaries, directory });
  const velero = await startVelero(processes, { binaries, access, store });
  return { access, store, velero: { ...velero, binary: binaries.velero } };
}

function needed({ controllers, withVelero }: { controllers: boolean; withVelero: boolean }) {
  const wanted: Binary[] = ['etcd', 'kube-apiserver'];
  if (controllers || withVelero) wanted.push('kube-controller-manager');
  if (withVelero) wanted.push('versitygw', 'velero', 'velero-plugin-for-aws');
  return wanted;
}
