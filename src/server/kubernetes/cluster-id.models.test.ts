import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterId } from './cluster-id.models.ts';

test.each([
  ['prod', 'prod'],
  ['Prod EU', 'prod-eu'],
  ['arn:aws:eks:eu-west-1:123:cluster/prod', 'arn-aws-eks-eu-west-1-123-cluster-prod'],
  ['gke_project_europe-west1-b_prod', 'gke-project-europe-west1-b-prod'],
  ['kubernetes-admin@cluster.local', 'kubernetes-admin-cluster.local'],
  ['../../etc', 'etc'],
  ['a..b.-c-', 'a.b.c'],
  ['生产', 'cluster'],
  ['', 'cluster'],
  ['x'.repeat(80), 'x'.repeat(63)],
])('the context %j has the id %s', (name, expected) => {
  expect(clusterId(name, new Set())).toBe(expected);
});

test('contexts whose names reduce to the same get numbers, within the length', () => {
  const taken = new Set(['prod', 'prod-2', 'x'.repeat(63)]);
  expect(clusterId('PROD', taken)).toBe('prod-3');
  expect(clusterId('x'.repeat(70), taken)).toBe(`${'x'.repeat(61)}-2`);
});

test('whatever the name, the id is legal, not taken, and has no dots in a row', () => {
  const names = fc.array(fc.oneof(fc.string(), fc.stringMatching(/^[.a-z-]{0,80}$/)));
  fc.assert(
    fc.property(names, (all) => {
      const taken = new Set<string>();
      for (const name of all) {
        const id = clusterId(name, taken);
        expect(taken.has(id)).toBe(false);
        expect(id).toMatch(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/);
        expect(id).not.toContain('..');
        taken.add(id);
      }
    }),
    { verbose: true },
  );
});

test('a very long name is reduced at once', () => {
  const begun = performance.now();
  clusterId(`${'-'.repeat(200_000)}a`, new Set());
  expect(performance.now() - begun).toBeLessThan(200);
});
