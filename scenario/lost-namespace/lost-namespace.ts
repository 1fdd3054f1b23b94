import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backup } from '../../src/shared/backups/backups.contract.ts';
import type { Plan } from '../../src/shared/restores/restores.contract.ts';
import type { Run } from '../../src/shared/runs/runs.contract.ts';
import { startTestbed, type Testbed } from '../../testbed/start.ts';
import { startServer } from '../server.ts';
import { createStory, must, type Story } from '../story.ts';
import { createTerminal, type Terminal } from '../terminal.ts';
import { type Cluster, clusterOf } from './cluster.ts';
import { createShop, destroyShop, settings, settingsInBackup } from './estate.ts';
import { differences, type Snapshot, takeSnapshot } from './snapshot.ts';

type Scene = Terminal & {
  story: Story;
  production: Cluster;
  spare: Cluster;
  spareKubeconfig: string;
  /** As it was when it was backed up. */
  shop: Snapshot;
  backup: string;
};

/** A namespace is backed up, lost with its kind, planned, restored, here and elsewhere. */
export async function lostNamespace(): Promise<ReturnType<Story['tally']>> {
  const story = createStory();
  const data = await mkdtemp(join(tmpdir(), 'lifeboat-scenario-'));
  const beds: Testbed[] = [];
  const bed = async (context: string) => {
    const started = await startTestbed({ context });
    beds.push(started);
    return started;
  };
  try {
    console.log('Two real control planes, empty: production and spare.');
    const [production, spare] = await Promise.all([bed('production'), bed('spare')]);
    const server = await startServer({ data, kubeconfig: production.kubeconfig });
    try {
      await tell({
        ...createTerminal(data),
        story,
        production: clusterOf(production),
        spare: clusterOf(spare),
        spareKubeconfig: spare.kubeconfig,
        shop: new Map(),
        backup: '',
      });
    } finally {
      await server.stop();
    }
  } finally {
    await Promise.all(beds.map((one) => one.stop()));
    await rm(data, { recursive: true, force: true });
  }
  return story.tally();
}

async function tell(scene: Scene): Promise<void> {
  await backedUp(scene);
  await lostAndRestored(scene);
  await oneConfigMap(scene);
  await elsewhere(scene);
}

async function backedUp(scene: Scene): Promise<void> {
  const { story, production, type, ask } = scene;
  await story.step(
    'A shop runs: workloads, Secrets, RBAC, 300 orders of a kind of its own',
    async () => {
      await createShop(production);
      scene.shop = await takeSnapshot(production);
      console.log(`  ${scene.shop.size} entries, read directly from the API server`);
    },
  );
  await story.step('It is backed up with the whole cluster', async () => {
    const { exit } = await type('backups', 'create', '--name', 'before-the-loss', '--wait');
    must(exit === 0, `the backup ended with exit code ${exit}`);
    const { items } = await ask<{ items: Backup[] }>('backups', 'list');
    const [backup] = items;
    must(backup?.state === 'completed', `the backup is ${backup?.state}`);
    must(backup.volumesNotBackedUp === 1, 'the data of the one volume is not said to be missing');
    scene.backup = backup.id;
  });
}

async function lostAndRestored(scene: Scene): Promise<void> {
  const { story, production, type, ask } = scene;
  await story.step('Namespace, kind, cluster roles and webhook are deleted', () =>
    destroyShop(production),
  );
  await story.step('The plan says what would come back, and changes nothing', async () => {
    const { exit } = await type('restores', 'plan', scene.backup);
    must(exit === 0, `the plan ended with exit code ${exit}`);
    must(!(await production.exists('/api/v1/namespaces/shop')), 'planning made the namespace');
  });
  await story.step('It is restored: every object is equal to what was lost', async () => {
    const plan = await ask<Plan>('restores', 'plan', scene.backup);
    must(plan.counts.create > 300, `only ${plan.counts.create} objects would be created`);
    const { exit, out } = await type('restores', 'start', plan.id, '--wait');
    must(exit === 0, `the restore ended with exit code ${exit}: ${out}`);
    await mustEqual(scene.shop, production);
  });
  await story.step('The same restore again changes 0 objects', async () => {
    const plan = await ask<Plan>(
      'restores',
      'plan',
      scene.backup,
      '--namespaces',
      'shop',
      '--conflict-policy',
      'update',
    );
    const { create, update, replace } = plan.counts;
    must(create + update + replace === 0, `it would change: ${JSON.stringify(plan.counts)}`);
    await ask<Run>('restores', 'start', plan.id, '--wait');
    await mustChangeNothing(scene);
    await mustEqual(scene.shop, production);
  });
}

async function mustChangeNothing({ ask }: Scene): Promise<void> {
  const { items } = await ask<{ items: Run[] }>('restores', 'list');
  const shown = await ask<Run & { outcomes: Record<string, number> }>(
    'restores',
    'show',
    items[0]?.id ?? '',
  );
  const { created = 0, updated = 0, replaced = 0, failed = 0 } = shown.outcomes;
  must(
    created + updated + replaced + failed === 0,
    `it changed: ${JSON.stringify(shown.outcomes)}`,
  );
}

/** Controllers need a moment to make their objects again. */
async function mustEqual(shop: Snapshot, cluster: Cluster, except?: RegExp): Promise<void> {
  let found: string[] = [];
  for (let attempt = 0; attempt < 60; attempt += 1) {
    found = differences(shop, await takeSnapshot(cluster), except);
    if (found.length === 0) return console.log(`  ${shop.size} entries, every one equal`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return must(false, `${found.length} differ:\n  ${found.slice(0, 8).join('\n  ')}`);
}

async function oneConfigMap(scene: Scene): Promise<void> {
  const { story, production, type, ask } = scene;
  const plan = () =>
    ask<Plan>(
      'restores',
      'plan',
      scene.backup,
      '--objects',
      settingsInBackup,
      '--conflict-policy',
      'update',
    );
  const data = async () => JSON.stringify((await production.get(settings))['data']);
  let early = '';
  await story.step('A ConfigMap is edited: the plan shows the difference first', async () => {
    await production.merge(settings, { data: { currency: 'USD', added: 'since' } });
    const made = await plan();
    early = made.id;
    must(made.counts.update === 1, `the plan says ${JSON.stringify(made.counts)}`);
    const { out } = await type('plans', 'diff', made.id, settingsInBackup);
    for (const part of ['/data/currency', 'USD', 'EUR', '/data/added'])
      must(out.includes(part), `the difference does not show ${part}`);
  });
  await story.step('Edited again after the plan, it is refused and left alone', async () => {
    await production.merge(settings, { data: { currency: 'CHF' } });
    const { exit, out } = await type('restores', 'start', early, '--wait');
    must(exit === 3, `it ended with exit code ${exit} instead of 3, partly done`);
    must(out.includes('conflict'), 'the outcome does not say conflict');
    must((await data()).includes('CHF'), 'what changed after the plan was overwritten');
  });
  await story.step('A new plan brings it back, and the field added since is gone', async () => {
    const { id } = await plan();
    const { exit } = await type('restores', 'start', id, '--wait');
    must(exit === 0, `it ended with exit code ${exit}`);
    must(!(await data()).includes('added'), 'the field added since is still there');
    await mustEqual(scene.shop, production);
  });
}

async function elsewhere(scene: Scene): Promise<void> {
  const { story, spare, spareKubeconfig, type, ask } = scene;
  const into = ['--cluster', 'spare'];
  await story.step('A second control plane is added by its kubeconfig', async () => {
    const { exit } = await type('clusters', 'add', '--kubeconfig', spareKubeconfig);
    must(exit === 0, `it ended with exit code ${exit}`);
  });
  await story.step('The same backup is restored into it: the shop is equal there too', async () => {
    const plan = await ask<Plan>(
      'restores',
      'plan',
      scene.backup,
      '--source',
      'production',
      ...into,
    );
    const { exit } = await type('restores', 'start', plan.id, ...into, '--wait');
    must(exit === 0, `it ended with exit code ${exit}`);
    // Each cluster publishes a certificate authority of its own.
    await mustEqual(scene.shop, spare, /configmaps\/kube-root-ca\.crt$/);
  });
}
