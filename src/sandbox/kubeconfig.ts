import { stringify } from 'yaml';

/** YAML text of a kubeconfig with one context, `sandbox`. */
export const kubeconfigFor = (server: string, token: string): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'sandbox', cluster: { server } }],
    users: [{ name: 'sandbox-admin', user: { token } }],
    contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user: 'sandbox-admin' } }],
    'current-context': 'sandbox',
  });
