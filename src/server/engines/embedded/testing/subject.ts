import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionSource } from '../../../kubernetes/connection.types.ts';
import type { EngineSubject } from '../../engine.suite.ts';
import {
  type ConnectedLab,
  configMaps,
  namespaces,
  openConnectedLab,
  secrets,
} from './connected-lab.ts';

/** Two namespaces of this test file alone, furnished by the cluster's controllers. */
export async function makeNamespaces(connect: ConnectionSource) {
  const id = randomUUID().slice(0, 8);
  const [shop, blog] = [`shop-${id}`, `blog-${id}`] as const;
  const lab = await openConnectedLab(connect);
  for (const name of [shop, blog]) {
    await lab.put({ resource: namespaces, name });
    await furnished(lab, name);
  }
  return {
    shop,
    blog,
    remove: async () => {
      for (const name of [shop, blog]) await lab.remove({ resource: namespaces, name });
      await lab.close();
    },
  };
}

/** Controllers write into a new namespace for a moment: afterwards nothing changes by itself. */
async function furnished({ client }: ConnectedLab, namespace: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.get({ resource: configMaps, namespace, name: 'kube-root-ca.crt' });
      return;
    } catch (error) {
      if (attempt === 300) throw error;
      await pause(100);
    }
  }
}

type Given = {
  connect: ConnectionSource;
  namespaces: { shop: string; blog: string };
  /** Kinds that others use at the same time. */
  excludedKinds?: readonly string[];
};

/** The embedded engine as the suite of all engines sees it. What it puts goes when it closes. */
export async function embeddedSubject(given: Given): Promise<EngineSubject> {
  const { excludedKinds = [] } = given;
  const lab = await openConnectedLab(given.connect);
  const put = new Map<string, () => Promise<void>>();
  const putData =
    (resource: typeof configMaps) =>
    async (namespace: string, name: string, data: Record<string, string>) => {
      const at = { resource, namespace, name };
      put.set(`${resource.plural}/${namespace}/${name}`, () => lab.remove(at));
      await lab.put(at, { data });
    };
  return {
    engine: lab.engine,
    cluster: lab.cluster.id,
    target: lab.cluster,
    namespaces: given.namespaces,
    backup: (spec = {}, context) =>
      lab.backup(
        { ...spec, excludedKinds: [...excludedKinds, ...(spec.excludedKinds ?? [])] },
        context,
      ),
    putConfigMap: putData(configMaps),
    removeConfigMap: (namespace, name) => lab.remove({ resource: configMaps, namespace, name }),
    putSecret: putData(secrets),
    close: async () => {
      for (const remove of put.values()) await remove();
      await lab.close();
    },
  };
}
