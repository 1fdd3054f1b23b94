import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { type Testbed, startTestbed } from '../testbed/start.ts';
import { listPaths, plant } from './estate.ts';
import { folderBytes } from './folder.ts';
import { openLab } from './lab.ts';
import { type RawClient, inFlight, rawClient, rawList } from './raw-client.ts';
import type { Measure } from './report.models.ts';
import { measured } from './gates.ts';
import { alternate, secondsOf } from './timing.ts';

const rounds = 3;

/** B1, B2, B4, B5: full, changed and unchanged backups of a real API server's objects. */
export async function benchBackups(sizes: readonly number[]): Promise<Measure[]> {
  const testbed = await startTestbed({ controllers: false });
  const raw = rawClient({ ...testbed, token: testbed.adminToken });
  try {
    const measures: Measure[] = [];
    let planted = 0;
    for (const size of sizes) {
      await plant(raw, size - planted, `bench-${size}`);
      planted = size;
      measures.push(await againstRawList({ testbed, raw, size }));
    }
    const last = sizes.at(-1) ?? 0;
    measures.push(await againstRestic({ testbed, raw, size: last }));
    measures.push(...(await changedAndUnchanged({ testbed, raw, size: last })));
    return measures;
  } finally {
    await raw.close();
    await testbed.stop();
  }
}

type Given = { testbed: Testbed; raw: RawClient; size: number };

export const sourceOf =
  ({ server, adminToken, caFile }: Testbed) =>
  async () => ({
    server,
    ca: await readFile(caFile, 'utf8'),
    credentials: { token: adminToken },
  });

/** A first backup into an empty repository, durable when it answers; only the backup is timed. */
async function firstBackup(testbed: Testbed): Promise<number> {
  const lab = await openLab({ source: sourceOf(testbed) });
  const seconds = await secondsOf(() => lab.backup());
  await lab.close();
  return seconds;
}

async function againstRawList({ testbed, raw, size }: Given): Promise<Measure> {
  const { a, b } = await alternate(
    { a: () => firstBackup(testbed), b: () => secondsOf(() => rawList(raw, listPaths)) },
    rounds,
  );
  return measured('B1', {
    what: `full backup of ${size} objects ÷ raw paged list`,
    numerator: a,
    denominator: b,
    unit: 's',
  });
}

async function againstRestic({ testbed, raw, size }: Given): Promise<Measure> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-restic-'));
  await writeAsFiles(raw, join(folder, 'objects'));
  const { a, b } = await alternate(
    { a: () => firstBackup(testbed), b: () => resticBackup(folder) },
    rounds,
  );
  await rm(folder, { recursive: true });
  return measured('B2', {
    what: `full backup of ${size} objects ÷ restic backup of the same as files`,
    numerator: a,
    denominator: b,
    unit: 's',
  });
}

async function writeAsFiles(raw: RawClient, folder: string): Promise<void> {
  for (const path of listPaths) {
    const { items } = JSON.parse((await raw.get(path)).toString()) as {
      items: { metadata: { name: string; namespace?: string } }[];
    };
    await inFlight(items, 32, async (item) => {
      const { name, namespace = '' } = item.metadata;
      const file = join(folder, path, namespace, `${name}.json`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify(item));
    });
  }
}

async function resticBackup(folder: string): Promise<number> {
  const repository = await mkdtemp(join(tmpdir(), 'lifeboat-restic-repository-'));
  const env = { ...process.env, RESTIC_PASSWORD: 'bench', RESTIC_REPOSITORY: repository };
  const restic = (...words: string[]) => execFileSync('restic', words, { env, stdio: 'pipe' });
  restic('init');
  const seconds = await secondsOf(async () => {
    restic('backup', '--no-cache', join(folder, 'objects'));
  });
  await rm(repository, { recursive: true });
  return seconds;
}

async function changedAndUnchanged({ testbed, raw, size }: Given): Promise<Measure[]> {
  const lab = await openLab({ source: sourceOf(testbed) });
  await lab.backup();
  const before = await folderBytes(lab.repository);
  const times = await alternate(
    { a: () => secondsOf(() => lab.backup()), b: () => secondsOf(() => rawList(raw, listPaths)) },
    rounds,
  );
  const grown = ((await folderBytes(lab.repository)) - before) / rounds;
  const unchanged = await folderBytes(lab.repository);
  const changedBytes = await changeOnePercent(raw);
  await lab.backup();
  const atOnce = (await folderBytes(lab.repository)) - unchanged;
  const maintained = await growthAfterMaintenance({ testbed, raw });
  await lab.close();
  const changed = { denominator: changedBytes, unit: 'bytes' };
  return [
    measured('B4 at once', {
      what: '1 % changed: bytes written ÷ changed JSON',
      numerator: atOnce,
      ...changed,
    }),
    measured('B4 maintained', {
      what: '… after maintenance',
      numerator: maintained.grown,
      denominator: maintained.changed,
      unit: 'bytes',
    }),
    measured('B5 bytes', {
      what: 'unchanged backup: bytes added',
      numerator: grown,
      unit: 'bytes',
    }),
    measured('B5 time', {
      what: `unchanged backup of ${size} objects ÷ raw paged list`,
      numerator: times.a,
      denominator: times.b,
      unit: 's',
    }),
  ];
}

/** Both sides maintained, so that only what the change costs in the long run is counted. */
async function growthAfterMaintenance({ testbed, raw }: Omit<Given, 'size'>) {
  const lab = await openLab({ source: sourceOf(testbed) });
  const context = () => ({
    run: crypto.randomUUID(),
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
  });
  await lab.backup();
  await lab.engine.maintain({ cluster: 'bench' }, context());
  const before = await folderBytes(lab.repository);
  const changed = await changeOnePercent(raw);
  await lab.backup();
  await lab.engine.maintain({ cluster: 'bench' }, context());
  const grown = (await folderBytes(lab.repository)) - before;
  await lab.close();
  return { grown, changed };
}

/** Touches every hundredth ConfigMap of each namespace; answers the bytes of their JSON. */
async function changeOnePercent(raw: RawClient): Promise<number> {
  const { items } = JSON.parse((await raw.get('/api/v1/configmaps')).toString()) as {
    items: { metadata: { name: string; namespace: string }; data: Record<string, string> }[];
  };
  const chosen = items.filter((_, at) => at % 50 === 0);
  let bytes = 0;
  await inFlight(chosen, 24, async (item) => {
    item.data['mode'] = `changed at ${performance.now()}`;
    const body = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', ...item });
    bytes += body.length;
    await raw.put(
      `/api/v1/namespaces/${item.metadata.namespace}/configmaps/${item.metadata.name}`,
      body,
    );
  });
  return bytes;
}
