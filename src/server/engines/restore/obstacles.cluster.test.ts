import { randomUUID } from 'node:crypto';
import { beforeAll, expect, inject, test } from 'vitest';
import '../../../../testbed/provided.ts';
import { formatPath } from '../paths.models.ts';
import { type Body, nameOf, textAt } from './body.models.ts';
import { type TestCluster, connectTo } from './testing/cluster.ts';
import { optionsOf, plan, restore, sourceOf } from './testing/memory.ts';

let cluster: TestCluster;
let number = 0;
const id = randomUUID().slice(0, 8);
const newName = () => `obstacle-${id}-${(number += 1)}`;

beforeAll(async () => {
  cluster = await connectTo(inject('testbed'));
});

const resources: Readonly<Record<string, string>> = {
  Namespace: 'namespaces',
  ServiceAccount: 'serviceaccounts',
  ConfigMap: 'configmaps',
};

/** A backup of these objects, made by hand. */
function backupOf(...bodies: readonly Body[]) {
  const pathOf = (body: Body) =>
    formatPath({
      resource: resources[textAt(body, ['kind'])] ?? '',
      namespace: textAt(body, ['metadata', 'namespace']) || null,
      name: nameOf(body),
    });
  return sourceOf(new Map(bodies.map((body) => [pathOf(body), body])));
}

const object = (kind: string, name: string, namespace: string | null, more: Body = {}): Body => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...(namespace === null ? {} : { namespace }) },
  ...more,
});
const isPut = { apiVersion: 'v1', data: { 'ca.crt': 'of the cluster that was lost' } };
const registry = { imagePullSecrets: [{ name: 'registry' }] };

test('what the cluster puts into a new namespace is left to it, unless the backup has more in it', async () => {
  const name = newName();
  const source = backupOf(
    object('Namespace', name, null),
    object('ConfigMap', 'kube-root-ca.crt', name, isPut),
    object('ServiceAccount', 'default', name, registry),
  );
  const given = { source, target: cluster, options: optionsOf() };
  const { decisions } = await plan(given);
  const planned = decisions.map(({ kind, action, reason }) => [kind, action, reason]);
  expect(planned).toEqual([
    ['Namespace', 'create', null],
    ['ServiceAccount', 'create', expect.stringContaining('is written over that')],
    ['ConfigMap', 'skip', 'The cluster puts it into every new namespace itself.'],
  ]);
  const results = await restore({ ...given, decisions });
  const account = results.get(`resources/serviceaccounts/namespaces/${name}/default.json`);
  // The controller may be the slower one.
  expect(
    account?.outcome === 'updated' ? account.message : 'The cluster had put one into it',
  ).toContain('The cluster had put one into');
  expect(await cluster.read('serviceaccounts', 'default', name)).toMatchObject(registry);
  await expect.poll(() => cluster.read('configmaps', 'kube-root-ca.crt', name)).not.toBeNull();
});

test('an account that people changed since the plan is never written over', async () => {
  const name = newName();
  const source = backupOf(
    object('Namespace', name, null),
    object('ServiceAccount', 'default', name, registry),
  );
  const given = { source, target: cluster, options: optionsOf() };
  const { decisions } = await plan(given);
  await cluster.apply(object('Namespace', name, null));
  await expect.poll(() => cluster.read('serviceaccounts', 'default', name)).not.toBeNull();
  const theirs = { imagePullSecrets: [{ name: 'another' }] };
  await cluster.change({ resource: 'serviceaccounts', name: 'default', namespace: name }, theirs);
  const results = await restore({ ...given, decisions });
  expect(results.get(`resources/serviceaccounts/namespaces/${name}/default.json`)).toMatchObject({
    outcome: 'conflict',
    message: expect.stringContaining('made by somebody else since the plan'),
  });
  expect(await cluster.read('serviceaccounts', 'default', name)).toMatchObject(theirs);
});
