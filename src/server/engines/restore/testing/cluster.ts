import { readFile } from 'node:fs/promises';
import { printJson } from '#shared/json/lossless.ts';
import type { TestbedAccess } from '../../../../../testbed/provided.ts';
import { ApiError } from '../../../kubernetes/api-error.ts';
import { createKubernetesClient } from '../../../kubernetes/client.ts';
import type {
  ApiResource,
  KubernetesClient,
  ObjectAddress,
} from '../../../kubernetes/client.types.ts';
import type { Connection } from '../../../kubernetes/connection.types.ts';
import type { EngineCluster } from '../../engine.ts';
import { type Body, nameOf, parseBody, textAt, uidOf } from '../body.models.ts';
import { type Kinds, discoverKinds } from '../kinds.ts';

export type TestCluster = EngineCluster & {
  kinds: () => Promise<Kinds>;
  /** Creates the object, in the version that it names. */
  apply: (body: Record<string, unknown> | string) => Promise<Body>;
  read: (resource: string, name: string, namespace?: string) => Promise<Body | null>;
  /** Merge patch. */
  change: (
    at: { resource: string; name: string; namespace?: string },
    patch: unknown,
  ) => Promise<void>;
  remove: (resource: string, name: string, namespace?: string) => Promise<void>;
};

export async function connectTo(access: TestbedAccess): Promise<TestCluster> {
  const connection: Connection = {
    server: access.server,
    ca: await readFile(access.caFile, 'utf8'),
    credentials: { token: access.adminToken },
  };
  const connect = async () => connection;
  const client = createKubernetesClient({ server: access.server, source: connect });
  const kinds = () => discoverKinds(client);
  const namespaces = (await kinds()).get('namespaces');
  if (!namespaces) throw new Error('the cluster has no namespaces');
  const uid = uidOf(parseBody(await client.get({ resource: namespaces, name: 'kube-system' })));
  return { id: access.context, uid, client, connect, kinds, ...acts(client, kinds) };
}

function acts(client: KubernetesClient, kinds: () => Promise<Kinds>) {
  const addressOf = async (
    resource: string,
    name: string,
    namespace?: string,
  ): Promise<ObjectAddress> => {
    const kind = (await kinds()).get(resource);
    if (!kind) throw new Error(`the cluster does not serve ${resource}`);
    return { resource: kind, name, ...(namespace === undefined ? {} : { namespace }) };
  };
  return {
    apply: (given: Record<string, unknown> | string) => create(client, kinds, given),
    read: async (resource: string, name: string, namespace?: string) => {
      const kind = (await kinds()).get(resource);
      if (!kind) return null;
      return orNull(async () =>
        parseBody(await client.get(await addressOf(resource, name, namespace))),
      );
    },
    change: async (at: { resource: string; name: string; namespace?: string }, patch: unknown) => {
      const body = JSON.stringify(patch);
      await client.patch(await addressOf(at.resource, at.name, at.namespace), {
        type: 'merge',
        body,
      });
    },
    remove: async (resource: string, name: string, namespace?: string) => {
      await orNull(async () => client.delete(await addressOf(resource, name, namespace)));
    },
  };
}

async function create(
  client: KubernetesClient,
  kinds: () => Promise<Kinds>,
  given: Record<string, unknown> | string,
): Promise<Body> {
  const body = parseBody(typeof given === 'string' ? given : JSON.stringify(given));
  const apiVersion = textAt(body, ['apiVersion']);
  const known = (await kinds()).byKind(apiVersion, textAt(body, ['kind']));
  if (!known) throw new Error(`the cluster does not serve ${apiVersion} ${textAt(body, ['kind'])}`);
  const resource: ApiResource = {
    ...known,
    version: apiVersion.slice(apiVersion.indexOf('/') + 1),
  };
  const namespace = textAt(body, ['metadata', 'namespace']);
  const inside = namespace === '' ? {} : { namespace };
  const made = parseBody(await client.create({ resource, ...inside }, printJson(body)));
  const { status } = body;
  if (status === undefined || !known.subresources.includes('status')) return made;
  // A patch without a version: controllers write at the same time.
  const at = { resource, ...inside, name: nameOf(made) };
  const patch = { type: 'merge' as const, body: printJson({ status }) };
  return parseBody(await client.patch(at, patch, { subresource: 'status' }));
}

async function orNull<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}
