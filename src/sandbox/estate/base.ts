import { type Add, object } from './estate.types.ts';

/** What every cluster has: its own namespaces and classes. */
export function addBase(add: Add): void {
  for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system']) {
    add(namespace(name));
  }
  add(
    object('v1', 'Service', {
      metadata: {
        name: 'kubernetes',
        namespace: 'default',
        labels: { component: 'apiserver', provider: 'kubernetes' },
      },
      spec: {
        ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: 6443 }],
        clusterIP: '10.96.0.1',
        clusterIPs: ['10.96.0.1'],
        type: 'ClusterIP',
        sessionAffinity: 'None',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        internalTrafficPolicy: 'Cluster',
      },
      status: { loadBalancer: {} },
    }),
  );
}

export const namespace = (name: string, labels: Record<string, string> = {}) =>
  object('v1', 'Namespace', {
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  });
