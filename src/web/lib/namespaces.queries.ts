import { queryOptions } from '@tanstack/react-query';
import { clustersApi } from '#shared/clusters/clusters.contract.ts';
import { call } from './call.ts';
import { keys } from './keys.ts';

/** The namespaces of a cluster that this person may see. */
export const namespacesQuery = (cluster: string) =>
  queryOptions({
    queryKey: [...keys.cluster(cluster), 'namespaces'],
    queryFn: ({ signal }) => call(clustersApi.namespaces, { params: { cluster } }, { signal }),
  });
