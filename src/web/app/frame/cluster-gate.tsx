import { Outlet, useSearch } from '@tanstack/react-router';
import { chosenOf, ClusterContext, useClusters } from '../../lib/cluster.ts';
import { useMay } from '../../lib/session.ts';
import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';

/** Pages about a cluster need one: says so when there is none, or not the one in the address. */
export function ClusterGate() {
  const { cluster } = useSearch({ strict: false });
  const query = useClusters();
  const chosen = chosenOf(query.data ?? [], cluster === '' ? undefined : cluster);
  if (chosen)
    return (
      <ClusterContext value={chosen.id}>
        <Outlet key={chosen.id} />
      </ClusterContext>
    );
  return (
    <Page title={query.isSuccess ? 'No cluster to show' : 'Clusters'}>
      <QueryState what="The clusters" query={query}>
        {(clusters) =>
          clusters.length === 0 ? (
            <NoCluster />
          ) : (
            <Empty
              title={`There is no cluster ${cluster} here, or you may not see it`}
              why="It may have been removed. Choose another one at the top of the page."
            />
          )
        }
      </QueryState>
    </Page>
  );
}

function NoCluster() {
  const { may, reason } = useMay('clusters:manage', { cluster: '*' });
  return (
    <Empty
      title="No cluster is registered"
      why={may ? 'Lifeboat needs a kubeconfig to read a cluster.' : (reason ?? '')}
      action={may && <LinkButton to="/settings/clusters">Add a cluster</LinkButton>}
    />
  );
}
