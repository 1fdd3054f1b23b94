import type { KeptSpec } from '#shared/backups/backups.contract.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BackupOutcome, Decision, Engine, EngineCluster, RunContext } from './engine.ts';
import { memoryJournal, optionsOf, outcomes } from './restore/testing/memory.ts';

/** A cluster with two namespaces, and an engine before it. */
export type EngineSubject = {
  engine: Engine;
  /** Id of the cluster. */
  cluster: string;
  /** The same cluster, as what restores go into. */
  target: EngineCluster;
  /** Nobody else writes into these. */
  namespaces: { shop: string; blog: string };
  backup: (spec?: Partial<KeptSpec>, context?: RunContext) => Promise<BackupOutcome>;
  /** Creates or changes a ConfigMap. */
  putConfigMap: (namespace: string, name: string, data: Record<string, string>) => Promise<void>;
  removeConfigMap: (namespace: string, name: string) => Promise<void>;
  putSecret: (namespace: string, name: string, data: Record<string, string>) => Promise<void>;
  close: () => Promise<void>;
};

const config = (namespace: string, name: string) =>
  `resources/configmaps/namespaces/${namespace}/${name}.json`;

/** What every engine does alike. Call it in a test file of the engine. */
export function engineSuite(open: () => Promise<EngineSubject>): void {
  let subject: EngineSubject;
  let context: RunContext;
  let shop: string;
  let blog: string;
  beforeEach(async () => {
    subject = await open();
    context = quiet();
    ({ shop, blog } = subject.namespaces);
    await subject.putConfigMap(shop, 'one', { a: '1' });
    await subject.putConfigMap(shop, 'two', { a: '1' });
    await subject.putConfigMap(blog, 'one', { a: '1' });
    await subject.putSecret(shop, 'db', { password: 'cGxhbnRlZC1tYXJrZXI=' });
  });
  afterEach(() => subject.close());

  const isOurs = (path: string) =>
    /configmaps.namespaces/.test(path) && [shop, blog].some((name) => path.includes(`/${name}/`));
  const at = (backup: string) => ({ cluster: subject.cluster, backup });
  const diff = async (from: string, to: string, namespaces: readonly string[] | 'all' = 'all') =>
    collect(subject.engine.diff({ cluster: subject.cluster, from, to, namespaces }));

  describe('backup', () => {
    test('a backup is complete, named and listed with its description', async () => {
      const { manifest, revision } = await subject.backup({ name: 'first' });
      expect(manifest).toMatchObject({ id: 'first', state: 'completed', namespaces: null });
      const found = await collect(subject.engine.backups(subject.cluster));
      expect(found).toEqual([{ manifest, revision }]);
    });

    test('a second backup under a taken name is refused and the first stays', async () => {
      const { revision } = await subject.backup({ name: 'first' });
      await expect(subject.backup({ name: 'first' })).rejects.toMatchObject({
        problem: { code: 'backups.name_taken', status: 409 },
      });
      const [found] = await collect(subject.engine.backups(subject.cluster));
      expect(found).toMatchObject({ revision });
    });

    test('chosen namespaces hold their objects and the namespaces themselves, nothing of others', async () => {
      await subject.backup({ name: 'part', namespaces: [shop] });
      const paths = await pathsOf(subject, 'part');
      expect(paths).toContain(`resources/namespaces/cluster/${shop}.json`);
      expect(paths).toContain(config(shop, 'one'));
      expect(paths.filter((path) => path.includes(blog))).toEqual([]);
    });

    test.each([
      ['an unknown namespace', { namespaces: ['gone', 'default'] }, 'backups.namespace_unknown'],
      ['labels that nothing has', { labelSelector: 'app=nothing' }, 'backups.selection_empty'],
      [
        'nothing in the end',
        { kinds: ['configmaps'], excludedKinds: ['*'] },
        'backups.selection_empty',
      ],
    ])('a selection of %s is refused, and nothing is left', async (_, spec, code) => {
      await expect(subject.backup(spec)).rejects.toMatchObject({ problem: { code } });
      expect(await collect(subject.engine.backups(subject.cluster))).toEqual([]);
    });

    test('a backup canceled on its way leaves nothing visible', async () => {
      const abort = new AbortController();
      const canceled = subject.backup(
        {},
        { ...quiet(), signal: abort.signal, progress: () => abort.abort() },
      );
      await expect(canceled).rejects.toMatchObject({ problem: { code: 'backups.canceled' } });
      expect(await collect(subject.engine.backups(subject.cluster))).toEqual([]);
    });
  });

  describe('contents', () => {
    test('counts of a level add up to those of the level above', async () => {
      await subject.backup({ name: 'first' });
      const list = (prefix: string) =>
        subject.engine.listContents({ ...at('first'), prefix, namespaces: 'all' });
      const [root] = await list('');
      const kinds = await list('resources');
      const sum = kinds.reduce((total, { objects }) => total + objects, 0);
      expect(root).toMatchObject({ path: 'resources', entry: 'folder', objects: sum });
      const names = await list(`resources/configmaps/namespaces/${shop}/`);
      expect(names.filter(({ name }) => /^(one|two)/.test(name))).toMatchObject([
        { path: config(shop, 'one'), entry: 'object', objects: 1, sealed: false },
        { path: config(shop, 'two'), entry: 'object', objects: 1, sealed: false },
      ]);
    });

    test('a person bound to one namespace finds nothing of the others, not even in counts', async () => {
      await subject.backup({ name: 'first' });
      const list = (prefix: string) =>
        subject.engine.listContents({ ...at('first'), prefix, namespaces: [blog] });
      expect((await list('resources')).map(({ name }) => name)).not.toContain('namespaces');
      expect(await list(`resources/configmaps/namespaces/${shop}`)).toEqual([]);
      const [folder] = await list('resources/configmaps');
      const [own, ...others] = await list('resources/configmaps/namespaces');
      expect(own?.name).toBe(blog);
      expect(others).toEqual([]);
      expect(folder?.objects).toBe(own?.objects);
    });

    test('an object that is not in the backup is not found, and an unknown backup is said to be', async () => {
      await subject.backup({ name: 'first' });
      const read = (backup: string, path: string) =>
        subject.engine.readObject({ cluster: subject.cluster, backup, path });
      expect(await read('first', config(shop, 'gone'))).toBeNull();
      expect(await read('first', 'lifeboat/backup.json')).toBeNull();
      await expect(read('unknown', config(shop, 'one'))).rejects.toMatchObject({
        problem: { code: 'backups.unknown', status: 404 },
      });
    });

    test('a Secret comes back as it was', async () => {
      await subject.backup({ name: 'first' });
      const path = `resources/secrets/namespaces/${shop}/db.json`;
      const found = await subject.engine.readObject({ ...at('first'), path });
      expect(found?.sealed).toBe(true);
      expect(JSON.parse(String(found?.json)).data).toEqual({ password: 'cGxhbnRlZC1tYXJrZXI=' });
    });
  });

  describe('diff', () => {
    test('shows what came, went and changed, in the order of the paths', async () => {
      await subject.backup({ name: 'before' });
      await subject.putConfigMap(blog, 'two', { b: '1' });
      await subject.putConfigMap(shop, 'one', { a: '2' });
      await subject.removeConfigMap(shop, 'two');
      await subject.backup({ name: 'after' });
      const all = (await diff('before', 'after')).filter(({ path }) => isOurs(path));
      expect(all).toMatchObject([
        { path: config(blog, 'two'), change: 'added', sealed: false },
        { path: config(shop, 'one'), change: 'changed', sealed: false },
        { path: config(shop, 'two'), change: 'removed', sealed: false },
      ]);
      const narrowed = (await diff('before', 'after', [blog])).map(({ path }) => path);
      expect(narrowed).toEqual([config(blog, 'two')]);
    });
  });

  describe('restore', () => {
    const options = (backup: string) =>
      optionsOf({ backup, namespaces: [shop], conflictPolicy: 'update' });
    const plan = async (backup: string) => {
      const decisions: (Decision & { seq: number })[] = [];
      const { revision } = await subject.engine.planRestore({
        source: subject.cluster,
        target: subject.target,
        options: options(backup),
        onDecision: async (decision) => {
          decisions.push({ ...decision, seq: decisions.length });
        },
      });
      return { decisions, revision };
    };
    const restore = async (backup: string) => {
      const { decisions, revision } = await plan(backup);
      const journal = memoryJournal();
      await subject.engine.restore(
        {
          source: subject.cluster,
          target: subject.target,
          options: options(backup),
          revision,
          decisions: inOrder(decisions),
          total: decisions.length,
          journal,
        },
        context,
      );
      const settled = [...outcomes(decisions, journal)];
      expect(settled).toHaveLength(decisions.length);
      return settled.map(([path, { outcome }]) => ({ path, outcome }));
    };

    test('what was lost comes back, what was changed is as before, and a second restore changes nothing', async () => {
      await subject.backup({ name: 'first' });
      await subject.removeConfigMap(shop, 'one');
      await subject.putConfigMap(shop, 'two', { a: '2', added: 'since' });
      const { decisions } = await plan('first');
      const planned = decisions.filter(({ action }) => action !== 'unchanged');
      expect(planned).toMatchObject([
        { path: config(shop, 'one'), action: 'create' },
        { path: config(shop, 'two'), action: 'update' },
      ]);
      const changed = (await restore('first')).filter(({ outcome }) => outcome !== 'unchanged');
      expect(changed).toEqual([
        { path: config(shop, 'one'), outcome: 'created' },
        { path: config(shop, 'two'), outcome: 'updated' },
      ]);
      const again = await restore('first');
      expect(again.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
      const different = subject.engine.diffLive({
        cluster: subject.target,
        from: 'first',
        namespaces: [shop],
      });
      expect(await collect(different)).toEqual([]);
    });
  });

  describe('delete and verify', () => {
    test('deleting one backup leaves the others readable, also after maintenance', async () => {
      await subject.backup({ name: 'first' });
      await subject.putConfigMap(shop, 'one', { a: '2' });
      await subject.backup({ name: 'second' });
      await subject.engine.deleteBackup(at('first'), context);
      await subject.engine.maintain({ cluster: subject.cluster }, context);
      const outcome = await subject.engine.verify(at('second'), context);
      expect(outcome).toMatchObject({ damaged: [], alsoHit: [] });
      expect(await collect(subject.engine.backups(subject.cluster))).toHaveLength(1);
    });

    test('a sound backup verifies with the counts of its description', async () => {
      const { manifest } = await subject.backup({ name: 'first' });
      expect(await subject.engine.verify(at('first'), context)).toEqual({
        objects: manifest.objects,
        bytes: manifest.bytes,
        damaged: [],
        alsoHit: [],
      });
    });

    test('deleting what is not there says so', async () => {
      await expect(subject.engine.deleteBackup(at('unknown'), context)).rejects.toMatchObject({
        problem: { code: 'backups.unknown' },
      });
    });

    test('what is held survives deletion and maintenance until it is released', async () => {
      const { revision } = await subject.backup({ name: 'first' });
      await subject.engine.hold({ cluster: subject.cluster, revision, by: 'plan-1' });
      await subject.engine.deleteBackup(at('first'), context);
      await subject.engine.maintain({ cluster: subject.cluster }, context);
      await subject.engine.hold({ cluster: subject.cluster, revision, by: 'plan-2' });
      for (const by of ['plan-1', 'plan-2'])
        await subject.engine.release({ cluster: subject.cluster, by });
      await subject.engine.maintain({ cluster: subject.cluster }, context);
      await expect(
        subject.engine.hold({ cluster: subject.cluster, revision, by: 'plan-3' }),
      ).rejects.toMatchObject({ problem: { code: 'backups.unknown' } });
    });
  });
}

const quiet = (): RunContext => ({
  run: crypto.randomUUID(),
  signal: new AbortController().signal,
  progress: () => {},
  log: () => {},
});

async function* inOrder<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const pathsOf = async ({ engine, cluster }: EngineSubject, backup: string) =>
  (await collect(engine.objects({ cluster, backup, wants: () => true }))).map(({ path }) => path);
