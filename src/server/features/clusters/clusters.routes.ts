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
import { type ConnectionNeeds, testCluster, testKubeconfig } from './connection-test.ts';
import { type HoldingNeeds, listKinds, listNamespaces } from './holdings.usecases.ts';

type Needs = ClusterNeeds & ConnectionNeeds & HoldingNeeds;

export function registerClusters(handle: Handle, needs: Needs): void {
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

  handle(clustersApi.test, ({ body }, actor) => testKubeconfig(body, actor, needs));

  handle(clustersApi.check, ({ params }, actor) => testCluster(params.cluster, actor, needs));

  handle(clustersApi.namespaces, ({ params }, actor) =>
    listNamespaces(params.cluster, actor, needs),
  );

  handle(clustersApi.kinds, ({ params }, actor) => listKinds(params.cluster, actor, needs));
}
