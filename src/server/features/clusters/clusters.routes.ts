import { clustersApi } from '#shared/clusters/clusters.contract.ts';
import type { Handle } from '../../platform/http/handle.ts';
import {
  addCluster,
  type ClusterNeeds,
  confirmIdentity,
  listClusters,
  removeCluster,
  showCluster,
} from './clusters.usecases.ts';

export function registerClusters(handle: Handle, needs: ClusterNeeds): void {
  handle(clustersApi.list, async (_, actor) => ({
    items: await listClusters(actor, needs),
    next: null,
  }));

  handle(clustersApi.add, ({ body }) => addCluster(body, needs));

  handle(clustersApi.show, ({ params }, actor) => showCluster(params.cluster, actor, needs));

  handle(clustersApi.remove, ({ params }) => removeCluster(params.cluster, needs));

  handle(clustersApi.confirm, ({ params, body }) =>
    confirmIdentity({ id: params.cluster, uid: body.uid }, needs),
  );
}
