import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Decision, RestoreJournal } from '../src/server/engines/engine.ts';
import { writesInFlight } from '../src/server/engines/restore/concurrency.ts';
import type { RestoreOptions } from '../src/shared/restores/restores.contract.ts';
import { type Testbed, startTestbed } from '../testbed/start.ts';
import { plant, seeds } from './estate.ts';
import { type Lab, openLab, quietContext } from './lab.ts';
import { type RawClient, inFlight, rawClient } from './raw-client.ts';
import type { Measure } from './report.models.ts';
import { measured } from './gates.ts';
import { alternate, secondsOf } from './timing.ts';

const perNamespace = 200;

/** B3, B7, B8: the same cluster backed up and restored by Velero, by plain requests and by Lifeboat. */
export async function benchAgainstVelero(given: {
  objects: number;
  restored: number;
  restoredByVelero: number;
}): Promise<Measure[]> {
  const testbed = await startTestbed({ velero: true });
  const raw = rawClient({ ...testbed, token: testbed.adminToken });
  const source = async () => ({
    server: testbed.server,
    ca: await readFile(testbed.caFile, 'utf8'),
    credentials: { token: testbed.adminToken },
  });
  const lab = await openLab({ source });
  try {
    await plant(raw, given.objects);
    return [
      await backupAgainstVelero({ testbed, source, objects: given.objects }),
      await restoreAgainstPosts({ lab, raw, restored: given.restored }),
      await restoreAgainstVelero({ lab, testbed, restored: given.restoredByVelero }),
    ];
  } finally {
    await lab.close();
    await raw.close();
    await testbed.stop();
  }
}

function velero(testbed: Testbed, ...words: string[]): string {
  const { binary = '', namespace = '' } = testbed.velero ?? {};
  const flags = ['--kubeconfig', testbed.kubeconfig, '--namespace', namespace];
  return execFileSync(binary, [...words, ...flags], { encoding: 'utf8', stdio: 'pipe' });
}

async function backupAgainstVelero(given: {
  testbed: Testbed;
  source: Parameters<typeof openLab>[0]['source'];
  objects: number;
}): Promise<Measure> {
  let round = 0;
  const { a, b } = await alternate(
    {
      a: async () => {
        const lab = await openLab({ source: given.source });
        const seconds = await secondsOf(() => lab.backup());
        await lab.close();
        return seconds;
      },
      b: async () => void velero(given.testbed, 'backup', 'create', `bench-${++round}`, '--wait'),
    },
    2,
  );
  return measured('B3', {
    what: `full backup of ${given.objects} objects ÷ Velero's backup of the same cluster`,
    numerator: a,
    denominator: b,
    unit: 's',
  });
}

const namespacesOf = (objects: number) =>
  Array.from({ length: Math.ceil(objects / perNamespace) }, (_, at) => `bench-${at}`);

const mapped = (objects: number, prefix: string): Record<string, string> =>
  Object.fromEntries(namespacesOf(objects).map((name) => [name, `${prefix}-${name}`]));

/** Plans, then times only the execution; the journal is kept in memory here. */
async function restoreInto(
  lab: Lab,
  given: { backup: string; objects: number; prefix: string },
): Promise<number> {
  const options: RestoreOptions = {
    backup: given.backup,
    namespaces: namespacesOf(given.objects),
    namespaceMapping: mapped(given.objects, given.prefix),
    conflictPolicy: 'skip',
    dryRun: false,
  };
  const decisions: (Decision & { seq: number })[] = [];
  const { revision } = await lab.engine.planRestore({
    source: 'bench',
    target: lab.cluster,
    options,
    onDecision: async (decision) => void decisions.push({ ...decision, seq: decisions.length }),
  });
  const failed: string[] = [];
  const seconds = await secondsOf(() =>
    lab.engine.restore(
      {
        source: 'bench',
        target: lab.cluster,
        options,
        revision,
        decisions: stream(decisions),
        total: decisions.length,
        journal: journalInto(failed),
      },
      quietContext(),
    ),
  );
  if (failed.length > 0) throw new Error(`not everything came back: ${failed[0]}`);
  return seconds;
}

async function* stream<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const journalInto = (failed: string[]): RestoreJournal => ({
  known: () => undefined,
  record: async ({ outcome, message }) => {
    if (outcome === 'failed') failed.push(message ?? 'without a reason');
  },
});

async function restoreAgainstPosts(given: {
  lab: Lab;
  raw: RawClient;
  restored: number;
}): Promise<Measure> {
  const { name: backup } = await given.lab.backup({ namespaces: namespacesOf(given.restored) });
  let round = 0;
  const { a, b } = await alternate(
    {
      a: () =>
        restoreInto(given.lab, { backup, objects: given.restored, prefix: `again${++round}` }),
      b: () => postAll(given.raw, given.restored, `raw${round}`),
    },
    2,
  );
  return measured('B7', {
    what: `restore of ${given.restored} objects ÷ plain POSTs, ${writesInFlight} in flight`,
    numerator: a,
    denominator: b,
    unit: 's',
  });
}

async function postAll(raw: RawClient, objects: number, prefix: string): Promise<number> {
  const names = namespacesOf(objects).map((name) => `${prefix}-${name}`);
  return secondsOf(async () => {
    await inFlight(names, writesInFlight, (name) =>
      raw.post(
        '/api/v1/namespaces',
        JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
      ),
    );
    await inFlight(seeds(objects, `${prefix}-bench`), writesInFlight, async ({ path, body }) => {
      const status = await raw.post(path, body);
      if (status !== 201) throw new Error(`${path} answered ${status}`);
    });
  });
}

async function restoreAgainstVelero(given: {
  lab: Lab;
  testbed: Testbed;
  restored: number;
}): Promise<Measure> {
  const { name: backup } = await given.lab.backup({ namespaces: namespacesOf(given.restored) });
  const ours = await restoreInto(given.lab, { backup, objects: given.restored, prefix: 'ours' });
  const pairs = Object.entries(mapped(given.restored, 'theirs')).map((pair) => pair.join(':'));
  const theirs = await secondsOf(async () => {
    velero(
      given.testbed,
      'restore',
      'create',
      'bench',
      '--from-backup',
      'bench-1',
      '--include-namespaces',
      namespacesOf(given.restored).join(','),
      '--namespace-mappings',
      pairs.join(','),
      '--wait',
    );
  });
  return measured('B8', {
    what: `restore of ${given.restored} objects ÷ Velero's restore of the same`,
    numerator: ours,
    denominator: theirs,
    unit: 's',
  });
}
