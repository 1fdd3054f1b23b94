import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { type Cluster, clustersApi } from '#shared/clusters/clusters.contract.ts';
import { call } from './call.ts';
import { keys } from './keys.ts';

export const clustersQuery = queryOptions({
  queryKey: keys.clusters,
  queryFn: async ({ signal }) => (await call(clustersApi.list, {}, { signal })).items,
});

/** Every cluster this person may see. */
export const useClusters = (): UseQueryResult<Cluster[]> => useQuery(clustersQuery);

/** Which cluster the page is about: the one in the address, else the default one, else the first. */
export function chosenOf(clusters: readonly Cluster[], wanted: string | undefined): Cluster | null {
  const found =
    wanted === undefined
      ? (clusters.find(({ isDefault }) => isDefault) ?? clusters[0])
      : clusters.find(({ id }) => id === wanted);
  return found ?? null;
}

/** Set by the frame around every page that is about one cluster. */
export const ClusterContext = createContext<string | null>(null);

/** The id of the cluster that the page is about. */
export function useCluster(): string {
  const cluster = use(ClusterContext);
  if (cluster === null) throw new Error('This part stands outside of a page about a cluster.');
  return cluster;
}
