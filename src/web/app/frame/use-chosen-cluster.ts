import { useSearch } from '@tanstack/react-router';
import type { Cluster } from '#shared/clusters/clusters.contract.ts';
import { chosenOf, useClusters } from '../../lib/cluster.ts';

/** The cluster that is chosen at the top of the page; null: none, or not one that may be seen. */
export function useChosenCluster(): Cluster | null {
  const { cluster } = useSearch({ strict: false });
  const { data: clusters = [] } = useClusters();
  return chosenOf(clusters, cluster === '' ? undefined : cluster);
}
