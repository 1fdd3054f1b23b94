import type { ApiResource } from '../kubernetes/client.types.ts';
import type { Lifeboat } from './lifeboat.ts';

const core = { group: '', version: 'v1', verbs: [], subresources: [] };
export const namespaces: ApiResource = {
  ...core,
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};
export const configMaps: ApiResource = {
  ...core,
  plural: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};
export const secrets: ApiResource = { ...configMaps, plural: 'secrets', kind: 'Secret' };
export const clusterRoles: ApiResource = {
  ...namespaces,
  group: 'rbac.authorization.k8s.io',
  plural: 'clusterroles',
  kind: 'ClusterRole',
};

type Metadata = { name: string; namespace?: string } & Record<string, unknown>;

/** Puts objects into the sandbox of this server, and takes them away again. */
export async function plantIn({ app }: Pick<Lifeboat, 'app'>) {
  const { client } = await app.features.registry.use('sandbox');
  const at = (resource: ApiResource, { namespace }: Metadata) => ({
    resource,
    ...(namespace === undefined ? {} : { namespace }),
  });
  return {
    create: async (resource: ApiResource, metadata: Metadata, more: object = {}) => {
      const apiVersion = [resource.group, resource.version].filter(Boolean).join('/');
      const object = { apiVersion, kind: resource.kind, metadata, ...more };
      await client.create(at(resource, metadata), JSON.stringify(object));
    },
    remove: async (resource: ApiResource, metadata: Metadata) => {
      await client.delete({ ...at(resource, metadata), name: metadata.name });
    },
  };
}
