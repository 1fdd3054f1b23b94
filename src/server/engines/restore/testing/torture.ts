import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod/mini';
import { fieldAt, textAt, uidOf } from '../body.models.ts';
import type { TestCluster } from './cluster.ts';

/** Names of one torture namespace and of everything cluster-scoped that belongs to it. */
export type Torture = { namespace: string; group: string };

/**
 * A namespace in which everything is that restores are known to lose: made by real controllers, older
 * than the rules around it, owned across kinds, with names, numbers and fields that few expect.
 * Its controllers have come to rest before the last rule, which refuses their writes, too.
 */
export async function buildTorture(cluster: TestCluster, torture: Torture): Promise<void> {
  const { namespace, group } = torture;
  for (const body of await documents('torture.yaml', torture)) await cluster.apply(body);
  await until('its kinds are served', async () => {
    const kinds = await cluster.kinds();
    return ['widgets', 'gadgets'].every((plural) => kinds.get(`${plural}.${group}`));
  });
  const [widget, ...others] = numbers(torture);
  const owner = uidOf(await cluster.apply(widget ?? ''));
  for (const text of others) await cluster.apply(text);
  for (const body of await documents('torture-owned.yaml', { ...torture, owner }))
    await cluster.apply(body);
  await changeWorkloads(cluster, namespace);
  await untilAtRest(cluster, namespace);
  for (const body of await documents('torture-rules.yaml', torture)) await cluster.apply(body);
}

/** As text: a double would round these numbers, and `__proto__` is a key like any other. */
const numbers = ({ namespace, group }: Torture): string[] => [
  `{"apiVersion":"${group}/v1","kind":"Widget","metadata":{"name":"big","namespace":"${namespace}"},"spec":{"size":9007199254740993,"legacy":"only in v1"}}`,
  `{"apiVersion":"${group}/v1","kind":"Gadget","metadata":{"name":"free","namespace":"${namespace}"},"anything":{"count":-9223372036854775808,"__proto__":{"deep":[1.5,{"x":null}]}},"status":{"phase":"data, not status","n":9007199254740993}}`,
  `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"proto","namespace":"${namespace}"},"data":{"__proto__":"kept"}}`,
];

const record = z.record(z.string(), z.unknown());

async function documents(
  file: string,
  given: Torture & { owner?: string },
): Promise<Record<string, unknown>[]> {
  const text = await readFile(new URL(file, import.meta.url), 'utf8');
  const filled = text
    .replaceAll('NAMESPACE', given.namespace)
    .replaceAll('GROUP', given.group)
    .replaceAll('OWNER', given.owner ?? '');
  return parseAllDocuments(filled).map((document) => record.parse(document.toJS()));
}

/** A second revision, a job let go of once it is over, and a rule that no pod of the namespace meets. */
async function changeWorkloads({ change }: TestCluster, namespace: string): Promise<void> {
  const labels = { app: 'web', round: 'two' };
  await change(
    { resource: 'deployments.apps', name: 'web', namespace },
    { spec: { template: { metadata: { labels } } } },
  );
  await change(
    { resource: 'jobs.batch', name: 'migrate', namespace },
    { spec: { suspend: false } },
  );
  const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  await change({ resource: 'namespaces', name: namespace }, { metadata: { labels: restricted } });
}

async function untilAtRest({ read }: TestCluster, namespace: string): Promise<void> {
  await until(
    'its claim is bound',
    async () =>
      textAt((await read('persistentvolumeclaims', 'data', namespace)) ?? {}, [
        'status',
        'phase',
      ]) === 'Bound',
  );
  await until(
    'its deployment has two revisions',
    async () =>
      fieldAt((await read('deployments.apps', 'web', namespace)) ?? {}, [
        'metadata',
        'annotations',
        'deployment.kubernetes.io/revision',
      ]) === '2',
  );
  await until(
    'its account has a token',
    async () =>
      textAt((await read('secrets', 'web-token', namespace)) ?? {}, ['data', 'token']) !== '',
  );
}

/** Everything of it goes, definitions included. Resolves when it is gone. */
export async function destroyTorture(
  { remove, change, read }: TestCluster,
  { namespace, group }: Torture,
): Promise<void> {
  await remove('validatingwebhookconfigurations.admissionregistration.k8s.io', namespace);
  await change(
    { resource: 'configmaps', name: 'held', namespace },
    { metadata: { finalizers: null } },
  );
  for (const plural of ['widgets', 'gadgets'])
    await remove('customresourcedefinitions.apiextensions.k8s.io', `${plural}.${group}`);
  await remove('namespaces', namespace);
  for (const resource of ['clusterroles', 'clusterrolebindings'])
    await remove(`${resource}.rbac.authorization.k8s.io`, namespace);
  await until('it is gone', async () => (await read('namespaces', namespace)) === null);
  await remove('persistentvolumes', namespace);
  await until(
    'its volume is gone',
    async () => (await read('persistentvolumes', namespace)) === null,
  );
}

/** Seconds: controllers back off after a conflict, and longer where the machine is busy. */
const patience = 90;

/** Looks again and again until it holds; `what` is said when it never does. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patience * 1000;
  while (!(await holds())) {
    if (performance.now() > end)
      throw new Error(`The torture namespace: not within ${patience} seconds: ${what}.`);
    await sleep(100);
  }
}
