import { randomUUID } from 'node:crypto';
import { beforeAll, expect, inject, test, vi } from 'vitest';
import '../../../../testbed/provided.ts';
import { printJson } from '#shared/json/lossless.ts';
import { type Body, fieldAt, labelsOf, uidOf } from './body.models.ts';
import { diffLive, diffLiveObject } from './diff-live.ts';
import { normalisedText } from './normalise.models.ts';
import { planDiff } from './plan-diff.ts';
import { startTestbed } from '../../../../testbed/start.ts';
import { type TestCluster, connectTo } from './testing/cluster.ts';
import {
  type Plan,
  capture,
  memoryJournal,
  optionsOf,
  outcomes,
  plan,
  restore,
  sourceOf,
} from './testing/memory.ts';
import { buildTorture, destroyTorture } from './testing/torture.ts';
import type { RestoreSource } from './restore.types.ts';

const id = randomUUID().slice(0, 8);
const torture = { namespace: `torture-${id}`, group: `t${id}.example.com` };
const { namespace, group } = torture;
const isOurs = (resource: string, body: Body) =>
  labelsOf(body)['torture'] === namespace ||
  (resource === 'namespaces' && body['name'] === namespace);

let cluster: TestCluster;
let source: RestoreSource & { bodies: Map<string, Body> };
let lost: Plan;

const captureNow = (target = cluster) =>
  capture(target, { namespaces: [namespace], wantsClusterScoped: isOurs });
const at = (resource: string, name: string) =>
  `resources/${resource}/namespaces/${namespace}/${name}.json`;
/** Controllers do their part after the restore: the one of volumes binds a claim within seconds. */
const controllersNeedMs = 20_000;

/** Every object of the plan that was not left out, equal after the documented normalisation. */
const expectEqual = (
  target: TestCluster,
  decisions: Plan['decisions'],
  from: ReadonlyMap<string, Body>,
) =>
  vi.waitFor(() => areEqual(target, decisions, from), {
    timeout: controllersNeedMs,
    interval: 500,
  });

async function areEqual(
  target: TestCluster,
  decisions: Plan['decisions'],
  from: ReadonlyMap<string, Body>,
) {
  const now = await captureNow(target);
  const kinds = await target.kinds();
  const different = decisions
    .filter(({ action }) => action !== 'skip')
    .flatMap(({ path, resource }) => {
      const options = {
        resource,
        keepStatus: !kinds.get(resource)?.subresources.includes('status'),
      };
      const [before, after] = [from.get(path), now.bodies.get(path)];
      const texts = [before, after].map((body) =>
        body ? normalisedText(body, options) : 'not there',
      );
      return texts[0] === texts[1] ? [] : [{ path, before: texts[0], after: texts[1] }];
    });
  expect(different).toEqual([]);
  return now;
}

beforeAll(async () => {
  cluster = await connectTo(inject('testbed'));
  await buildTorture(cluster, torture);
  source = await captureNow();
  await destroyTorture(cluster, torture);
}, 300_000);

test('the plan for a lost namespace creates what people made and leaves the rest to its controllers', async () => {
  lost = await plan({ source, target: cluster, options: optionsOf() });
  expect(lost.decisions.filter(({ action }) => !['create', 'skip'].includes(action))).toEqual([]);
  const reasons = lost.decisions
    .filter(({ action }) => action === 'skip')
    .map(({ resource, reason }) => `${resource}: ${reason}`);
  expect(reasons).toContainEqual(
    expect.stringMatching(/^pods: It is made again by ReplicaSet web-/),
  );
  expect(reasons).toContainEqual('replicasets.apps: It is made again by Deployment web.');
  const steps = lost.decisions.map(({ step }) => step);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
});

test('a lost namespace comes back with every object equal', async () => {
  const results = await restore({
    source,
    target: cluster,
    options: optionsOf(),
    decisions: lost.decisions,
  });
  expect(
    [...results].filter(
      ([, { outcome }]) => !['created', 'skipped', 'unchanged', 'updated'].includes(outcome),
    ),
  ).toEqual([]);
  expect(results.size).toBe(lost.decisions.length);
  await expectEqual(cluster, lost.decisions, source.bodies);
});

test('what others lose is back: owners, numbers, addresses, finished jobs, rules younger than pods', async () => {
  const owned = (await cluster.read('configmaps', 'owned', namespace)) ?? {};
  const widget = (await cluster.read(`widgets.${group}`, 'big', namespace)) ?? {};
  expect(fieldAt(owned, ['metadata', 'ownerReferences'])).toEqual([
    expect.objectContaining({ name: 'big', uid: uidOf(widget) }),
  ]);
  expect(source.bodies.get(at(`widgets.${group}`, 'big'))?.['spec']).toMatchObject({
    legacy: 'only in v1',
  });
  expect(printJson(widget)).toContain('9007199254740993');
  expect(printJson((await cluster.read(`gadgets.${group}`, 'free', namespace)) ?? {})).toContain(
    '{"__proto__":{"deep":[1.5,{"x":null}]},"count":-9223372036854775808}',
  );
  expect((await cluster.read('services', 'chosen', namespace))?.['spec']).toMatchObject({
    clusterIP: '10.0.0.77',
    ports: [{ nodePort: 30_077 }],
  });
  const job = await cluster.read('jobs.batch', 'migrate', namespace);
  expect(job).toMatchObject({
    spec: { suspend: false },
    status: { succeeded: 1, completionTime: '2026-01-01T00:01:00Z' },
  });
  expect(
    labelsOf((await cluster.read('namespaces', namespace)) ?? {})[
      'pod-security.kubernetes.io/enforce'
    ],
  ).toBe('restricted');
  expect(await cluster.read('pods', 'bare-2', namespace)).not.toBeNull();
  const jobPods = [...(await captureNow()).bodies].filter(
    ([path, body]) =>
      path.startsWith('resources/pods/') && labelsOf(body)['job-name'] === 'migrate',
  );
  expect(jobPods).toEqual([]);
});

test.each(['skip', 'update', 'replace'] as const)(
  'the same restore again changes nothing (%s)',
  async (conflictPolicy) => {
    const options = optionsOf({ conflictPolicy });
    const { decisions } = await plan({ source, target: cluster, options });
    expect(decisions.filter(({ action }) => !['unchanged', 'skip'].includes(action))).toEqual([]);
    expect(decisions.filter(({ reason }) => reason?.includes('differs'))).toEqual([]);
    const results = await restore({ source, target: cluster, options, decisions });
    const outcomesSeen = new Set([...results.values()].map(({ outcome }) => outcome));
    expect(outcomesSeen).toEqual(new Set(['unchanged', 'skipped']));
  },
);

test('an edited ConfigMap shows its difference, and an update removes what was added since', async () => {
  await cluster.remove('validatingwebhookconfigurations.admissionregistration.k8s.io', namespace);
  const options = optionsOf({ conflictPolicy: 'update', objects: [at('configmaps', 'settings')] });
  await cluster.change(
    { resource: 'configmaps', name: 'settings', namespace },
    { data: { color: 'red', added: 'since' } },
  );
  const { decisions } = await plan({ source, target: cluster, options });
  expect(decisions).toMatchObject([{ action: 'update', checked: 'dryRun' }]);
  const [decision] = decisions;
  if (!decision) throw new Error('no decision');
  const expected = [
    { path: '/data/added', before: '"since"', after: null },
    { path: '/data/color', before: '"red"', after: '"green"' },
  ];
  const { changes } = await planDiff({ source, target: cluster, options, decision });
  expect(changes.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual(expected);
  const live: string[] = [];
  for await (const { path, change } of diffLive({
    source,
    target: cluster,
    namespaces: [namespace],
  }))
    if (change === 'changed' && path.includes('/configmaps/')) live.push(path);
  expect(live).toEqual([at('configmaps', 'settings')]);
  const one = await diffLiveObject({ source, target: cluster, path: at('configmaps', 'settings') });
  expect(one?.changes).toHaveLength(2);
  const results = await restore({ source, target: cluster, options, decisions });
  expect(results.get(decision.path)?.outcome).toBe('updated');
  expect((await cluster.read('configmaps', 'settings', namespace))?.['data']).toEqual({
    color: 'green',
    constructor: 'x',
  });
});

test('what changed after the plan is left alone', async () => {
  const options = optionsOf({ conflictPolicy: 'update', objects: [at('configmaps', 'settings')] });
  await cluster.change(
    { resource: 'configmaps', name: 'settings', namespace },
    { data: { color: 'red' } },
  );
  const { decisions } = await plan({ source, target: cluster, options });
  await cluster.change(
    { resource: 'configmaps', name: 'settings', namespace },
    { data: { color: 'blue' } },
  );
  const results = await restore({ source, target: cluster, options, decisions });
  expect(results.get(at('configmaps', 'settings'))).toMatchObject({
    outcome: 'conflict',
    message: expect.stringMatching(/^It changed since the plan/),
  });
  expect((await cluster.read('configmaps', 'settings', namespace))?.['data']).toMatchObject({
    color: 'blue',
  });
});

test('an object that a full quota would not take back is never deleted', async () => {
  const options = optionsOf({ conflictPolicy: 'replace', objects: [at('configmaps', 'settings')] });
  const { decisions } = await plan({ source, target: cluster, options });
  expect(decisions).toMatchObject([
    { action: 'blocked', reason: expect.stringMatching(/^A quota refuses it/) },
  ]);
  const results = await restore({
    source,
    target: cluster,
    options,
    decisions: decisions.map((decision) => ({ ...decision, action: 'replace' as const })),
  });
  expect(results.get(at('configmaps', 'settings'))?.outcome).toBe('failed');
  expect(await cluster.read('configmaps', 'settings', namespace)).not.toBeNull();
});

test('a replaced object is another one with the content of the backup', async () => {
  const options = optionsOf({ conflictPolicy: 'replace', objects: [at('configmaps', 'settings')] });
  await cluster.remove('resourcequotas', 'quota', namespace);
  const before = uidOf((await cluster.read('configmaps', 'settings', namespace)) ?? {});
  const { decisions } = await plan({ source, target: cluster, options });
  const results = await restore({ source, target: cluster, options, decisions });
  expect(results.get(at('configmaps', 'settings'))?.outcome).toBe('replaced');
  const now = (await cluster.read('configmaps', 'settings', namespace)) ?? {};
  expect(now['data']).toMatchObject({ color: 'green' });
  expect(uidOf(now)).not.toBe(before);
});

test('the difference of a Secret names its keys and shows no value', async () => {
  await cluster.change(
    { resource: 'secrets', name: 'password', namespace },
    { stringData: { password: 'another-marker' } },
  );
  const options = optionsOf({ conflictPolicy: 'update', objects: [at('secrets', 'password')] });
  const { decisions } = await plan({ source, target: cluster, options });
  const [decision] = decisions;
  if (!decision) throw new Error('no decision');
  const found = await planDiff({ source, target: cluster, options, decision });
  expect(found).toEqual({
    sealed: true,
    changes: [{ path: '/data/password', before: '"(hidden)"', after: '"(hidden)"' }],
  });
  expect(decision.liveHash).toMatch(/^version:/);
  await restore({ source, target: cluster, options, decisions });
});

test('what cannot be changed in place is blocked with the words of the server', async () => {
  const bodies = new Map(source.bodies).set(at('configmaps', 'fixed'), {
    ...source.bodies.get(at('configmaps', 'fixed')),
    data: { a: 'c' },
  });
  const options = optionsOf({ conflictPolicy: 'update', objects: [at('configmaps', 'fixed')] });
  const { decisions } = await plan({ source: sourceOf(bodies), target: cluster, options });
  expect(decisions).toMatchObject([
    { action: 'blocked', reason: expect.stringMatching(/cannot be changed in place.*immutable/s) },
  ]);
});

test('a copy in another namespace takes other addresses, and says so', async () => {
  const copy = `${namespace}-copy`;
  const options = optionsOf({ namespaces: [namespace], namespaceMapping: { [namespace]: copy } });
  const { decisions } = await plan({ source, target: cluster, options });
  const service = decisions.find(
    ({ resource, name }) => resource === 'services' && name === 'chosen',
  );
  expect(service).toMatchObject({
    action: 'create',
    namespace: copy,
    checked: 'notBeforehand',
    reason: expect.stringContaining('10.0.0.77'),
  });
  const results = await restore({ source, target: cluster, options, decisions });
  expect(results.get(at('services', 'chosen'))).toMatchObject({
    outcome: 'created',
    message: expect.stringContaining('cluster IP 10.0.0.77 is not free here'),
  });
  expect(results.get(at('persistentvolumeclaims', 'data'))).toMatchObject({
    outcome: 'created',
    message: expect.stringContaining('new, empty'),
  });
  const binding = await cluster.read('rolebindings.rbac.authorization.k8s.io', 'web', copy);
  expect(binding?.['subjects']).toContainEqual({
    kind: 'ServiceAccount',
    name: 'web',
    namespace: copy,
  });
  expect(
    [...results].filter(([, { outcome }]) => outcome === 'failed' || outcome === 'conflict'),
  ).toEqual([]);
});

test('a second, empty control plane gets the same objects; a crash in between is resumed', async () => {
  const second = await startTestbed({ context: 'second' });
  try {
    const target = await connectTo(second);
    const given = { source, target, options: optionsOf() };
    const { decisions } = await plan(given);
    const journal = memoryJournal();
    const stop = new AbortController();
    const first = restore({
      ...given,
      decisions,
      journal,
      signal: stop.signal,
      onProgress: (done) => done > 15 && stop.abort(new Error('killed')),
    });
    await expect(first).rejects.toThrow('killed');
    // A crash swallows the last entries of the journal.
    for (const seq of [...journal.entries.keys()].slice(-5)) journal.entries.delete(seq);
    expect(journal.entries.size).toBeLessThan(decisions.length);
    await restore({ ...given, decisions, journal });
    const results = outcomes(decisions, journal);
    expect(
      [...results].filter(
        ([, { outcome }]) => !['created', 'skipped', 'unchanged', 'updated'].includes(outcome),
      ),
    ).toEqual([]);
    await expectEqual(target, decisions, source.bodies);
  } finally {
    await second.stop();
  }
});
