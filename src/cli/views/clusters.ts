import { type Cluster, clustersApi } from '#shared/clusters/clusters.contract.ts';
import { fields, moment, table } from '../format.models.ts';
import { view } from './view.ts';

export const clusterViews = [
  view(clustersApi.list, ({ items }, { command }) =>
    items.length === 0
      ? `There is no cluster yet. Add one: ${command('clusters add --kubeconfig FILE')}\n`
      : table(items, [
          { title: 'CLUSTER', of: ({ id, isDefault }) => `${id}${isDefault ? ' (default)' : ''}` },
          { title: 'STATE', of: ({ state }) => state },
          { title: 'VERSION', of: ({ version }) => version ?? '' },
          { title: 'FROM', of: ({ source }) => source },
          { title: 'SERVER', of: ({ server }) => server ?? '' },
          { title: '', of: ({ problem }) => problem ?? '' },
        ]),
  ),
  view(clustersApi.add, (cluster, { now }) => detail(cluster, now)),
  view(clustersApi.show, (cluster, { now }) => detail(cluster, now)),
  view(clustersApi.confirm, (cluster, { now }) => detail(cluster, now)),
  view(
    clustersApi.remove,
    (_, { params }) => `${params['cluster']} is forgotten. Its backups stay where they are.\n`,
  ),
];

const detail = (cluster: Cluster, now: Temporal.Instant): string =>
  fields([
    ['Cluster', cluster.id],
    ['Name', cluster.name === cluster.id ? null : cluster.name],
    ['State', cluster.state],
    ['Problem', cluster.problem],
    ['Identity', cluster.identityChanged ? 'changed: backups stop until it is confirmed' : null],
    ['Server', cluster.server],
    ['Version', cluster.version],
    ['Known by', cluster.uid],
    ['From', cluster.source],
    ['Default', cluster.isDefault ? 'yes' : 'no'],
    ['Added', moment(cluster.addedAt, now)],
  ]);
