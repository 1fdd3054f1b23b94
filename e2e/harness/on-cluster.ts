import { afterAll, beforeAll, inject } from 'vitest';
import '../../testbed/provided.ts';
import { type Cluster, clusterOf } from '../../scenario/lost-namespace/cluster.ts';
import { type Lifeboat, startLifeboat } from './lifeboat.ts';

export type OnCluster = Lifeboat & { direct: Cluster };

/** One server on the real control plane for all tests of a file. */
export function withClusterServer(): () => OnCluster {
  let started: OnCluster | undefined;
  beforeAll(async () => {
    const testbed = inject('testbed');
    started = { ...(await startLifeboat(testbed.kubeconfig)), direct: clusterOf(testbed) };
  });
  afterAll(() => started?.end());
  return () => {
    if (!started) throw new Error('The server is not started yet.');
    return started;
  };
}
