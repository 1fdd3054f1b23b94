import { expect, test } from 'vitest';
import { stepOf } from './order.models.ts';

test('what others need comes before them, what could refuse them after them', () => {
  const order = [
    'customresourcedefinitions.apiextensions.k8s.io',
    'namespaces',
    'storageclasses.storage.k8s.io',
    'persistentvolumes',
    'rolebindings.rbac.authorization.k8s.io',
    'secrets',
    'deployments.apps',
    'limitranges',
    'validatingwebhookconfigurations.admissionregistration.k8s.io',
  ];
  const steps = order.map(stepOf);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(new Set(steps).size).toBe(order.length);
});

test.each(['widgets.example.com', 'services', 'pods', 'networkpolicies.networking.k8s.io'])(
  '%s is restored with the workloads',
  (resource) => expect(stepOf(resource)).toBe(stepOf('deployments.apps')),
);
