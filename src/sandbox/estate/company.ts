/** The made-up company of the demo estate: namespaces, and what runs in them. */
export type Team = {
  namespace: string;
  labels: Record<string, string>;
  /** Deployed by GitOps: objects carry the tracking labels. */
  gitops: boolean;
  apps: readonly string[];
  /** With volumes. */
  databases: readonly string[];
  cronJobs: readonly string[];
};

const team = (namespace: string, apps: string, more: Partial<Team> = {}): Team => ({
  namespace,
  labels: { 'lifeboat.example/team': namespace.split('-')[0] ?? namespace },
  gitops: false,
  apps: apps.split(' ').filter(Boolean),
  databases: [],
  cronJobs: [],
  ...more,
});

export const teams: readonly Team[] = [
  team('shop', 'storefront cart catalog checkout reviews recommendations images wishlist', {
    gitops: true,
    databases: ['shop-postgres', 'shop-redis'],
    cronJobs: ['sitemap', 'abandoned-carts'],
  }),
  team('shop-staging', 'storefront cart catalog checkout reviews', {
    gitops: true,
    databases: ['shop-postgres'],
  }),
  team('payments', 'gateway ledger fraud-check invoices refunds payouts', {
    gitops: true,
    databases: ['ledger-postgres'],
    cronJobs: ['settlement', 'reconcile-ledger', 'archive-invoices'],
  }),
  team('search', 'query-api indexer suggest', {
    databases: ['opensearch', 'zookeeper'],
    cronJobs: ['reindex'],
  }),
  team('warehouse', 'stock picking shipping labels', {
    gitops: true,
    databases: ['stock-postgres'],
    cronJobs: ['stocktake'],
  }),
  team('accounts', 'identity profile sessions mailer', {
    gitops: true,
    databases: ['accounts-postgres'],
    cronJobs: ['expire-sessions'],
  }),
  team('analytics', 'collector etl dashboards', {
    databases: ['clickhouse', 'kafka'],
    cronJobs: ['daily-report', 'weekly-report'],
  }),
  team('monitoring', 'prometheus-operator grafana alertmanager kube-state-metrics', {
    databases: ['prometheus', 'loki'],
  }),
  team('cert-manager', 'cert-manager cert-manager-cainjector cert-manager-webhook'),
  team('ingress-nginx', 'ingress-nginx-controller default-backend'),
  team('argocd', 'argocd-server argocd-repo-server argocd-redis argocd-applicationset-controller'),
  team('kube-system', 'coredns metrics-server'),
];
