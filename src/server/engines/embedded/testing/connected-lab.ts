import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeptSpec } from '#shared/backups/backups.contract.ts';
import { ApiError } from '../../../kubernetes/api-error.ts';
import { createKubernetesClient } from '../../../kubernetes/client.ts';
import type { ApiResource, ObjectAddress } from '../../../kubernetes/client.types.ts';
import type { ConnectionSource } from '../../../kubernetes/connection.types.ts';
import { openKeyring } from '../../../platform/keyring.ts';
import { createEmbeddedEngine } from '../embedded-engine.ts';
import { contextOf, silent } from './lab.ts';

/** What an object has besides its name and type. */
type Fields = { metadata?: object; [field: string]: unknown };

/** A kind by its plural, group and version, for tests that know what the server has. */
export const kindOf = (plural: string, kind: string, more: Partial<ApiResource> = {}) => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced: true,
  verbs: [],
  subresources: [],
  ...more,
});
export const configMaps: ApiResource = kindOf('configmaps', 'ConfigMap');
export const secrets: ApiResource = kindOf('secrets', 'Secret');
export const namespaces: ApiResource = kindOf('namespaces', 'Namespace', { namespaced: false });

/** The embedded engine on a folder of its own, before the API server that `connect` leads to. */
export async function openConnectedLab(connect: ConnectionSource) {
  const data = await mkdtemp(join(tmpdir(), 'lifeboat-embedded-'));
  const engine = createEmbeddedEngine({
    data,
    keyring: await openKeyring({ folder: join(data, 'keys') }),
    captureWorker: new URL('../capture.worker.ts', import.meta.url),
    clock: () => Temporal.Now.instant(),
    log: silent,
  });
  const { server } = await connect();
  const client = createKubernetesClient({ server, source: connect });
  const cluster = { id: 'test', uid: 'uid-test', client, connect };
  let made = 0;
  return {
    data,
    engine,
    cluster,
    client,
    backup: (spec: Partial<KeptSpec> = {}, context = contextOf()) => {
      made += 1;
      const { name = `manual-${made}`, ...rest } = spec;
      const whole: KeptSpec = { engine: 'embedded', type: 'incremental', ...rest };
      const now = Temporal.Now.instant().epochMilliseconds;
      return engine.backup({ cluster, spec: whole, name, createdBy: 'test', now }, context);
    },
    read: async (backup: string, path: string): Promise<string | null> =>
      (await engine.readObject({ cluster: 'test', backup, path }))?.json.toString() ?? null,
    /** Creates the object, or merges the fields into the one that is there. */
    put: async ({ name, ...at }: ObjectAddress, fields: Fields = {}): Promise<void> => {
      try {
        const { group, version, kind } = at.resource;
        const apiVersion = group === '' ? version : `${group}/${version}`;
        const metadata = { ...fields.metadata, name };
        await client.create(at, JSON.stringify({ apiVersion, kind, ...fields, metadata }));
      } catch (error) {
        if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error;
        await client.patch({ name, ...at }, { type: 'merge', body: JSON.stringify(fields) });
      }
    },
    remove: async (at: ObjectAddress): Promise<void> => {
      await unlessGone(() => client.delete(at));
    },
    close: async () => {
      await engine.close();
      await client.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
export type ConnectedLab = Awaited<ReturnType<typeof openConnectedLab>>;

async function unlessGone(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
  }
}
