import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';
import { startSandbox } from '../src/sandbox/sandbox.ts';
import type { Backup } from '../src/shared/backups/backups.contract.ts';
import type { Plan } from '../src/shared/restores/restores.contract.ts';
import { isOver, type Run, type RunState } from '../src/shared/runs/runs.contract.ts';
import { type RunningServer, startServer } from './server.ts';

/** What is under way when the process dies. `feeder`: only the git that takes the objects is killed. */
const acts = ['backup', 'delete', 'maintenance', 'export', 'restore', 'feeder'] as const;
type Act = (typeof acts)[number];

type World = {
  server: RunningServer;
  restart: () => Promise<void>;
  data: string;
  cluster: string;
  random: () => number;
  /** Backups whose completion was told to somebody: they must never be lost. */
  acknowledged: Set<string>;
  count: number;
  /** How long each act took undisturbed here, in milliseconds: blows fall within that. */
  lengths: Map<Act, number>;
  /** Blows that fell while the act was going on, of all. */
  blows: Map<Act, { inside: number; all: number }>;
};

const sentences: string[] = [];
function must(holds: boolean, sentence: string): void {
  if (!holds) sentences.push(sentence);
}

/** Numbers from a seed (mulberry32), so that a failing order of events can be played again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `what`: method and path below `/api`, for example `GET clusters`. */
async function call<T>({ server }: World, what: string, body?: object) {
  const [method, path] = what.split(' ') as ['GET' | 'POST' | 'DELETE', string];
  const answer = await server.call(method, `/api/${path}`, body);
  if (answer.status >= 400) throw new Error(`${what}: ${answer.status} ${answer.text}`);
  return (answer.text ? JSON.parse(answer.text) : undefined) as T;
}

/** `GET runs` → `GET clusters/prod/runs`. */
const inCluster = (world: World, what: string) => what.replace(' ', ` clusters/${world.cluster}/`);

async function ended(world: World, run: string): Promise<Run> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const now = await call<Run>(world, inCluster(world, `GET runs/${run}`));
    if (isOver(now.state)) return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the run ${run} did not end within a minute`);
}

async function listed(world: World): Promise<Backup[]> {
  const { items } = await call<{ items: Backup[] }>(
    world,
    inCluster(world, 'GET backups?limit=500'),
  );
  return items;
}

async function start(world: World, act: Act): Promise<Run> {
  const [oldest] = [...world.acknowledged];
  if (act === 'maintenance')
    return call<Run>(world, 'POST maintenance', { cluster: world.cluster });
  if (act === 'delete' && oldest && world.acknowledged.size > 3) {
    world.acknowledged.delete(oldest);
    return call<Run>(world, inCluster(world, `DELETE backups/${oldest}`));
  }
  if (act === 'export' && oldest)
    return call<Run>(world, inCluster(world, `POST backups/${oldest}/export`), {
      folder: `export-${++world.count}`,
    });
  if (act === 'restore' && oldest) return startRestore(world, oldest);
  const type = world.random() < 0.3 ? 'full' : 'incremental';
  return call<Run>(world, inCluster(world, 'POST backups'), {
    name: `point-${++world.count}`,
    type,
  });
}

async function startRestore(world: World, backup: string): Promise<Run> {
  world.count += 1;
  const plan = await planRestore(world, backup);
  return call<Run>(world, inCluster(world, 'POST restores'), { plan: plan.id });
}

const planRestore = (world: World, backup: string) =>
  call<Plan>(world, inCluster(world, 'POST restores/plan'), {
    backup,
    namespaces: ['shop'],
    namespaceMapping: { shop: `shop-${world.count}` },
    conflictPolicy: 'update',
  });

/** The same end as without the kill: nothing is left to do, and nothing came back differently. */
async function checkRestored(world: World, run: Run): Promise<void> {
  must(run.state === 'completed', `a restore ended as ${run.state}: ${run.problem?.title}`);
  const { counts } = await planRestore(world, run.backup ?? '');
  const left = counts.create + counts.update + counts.replace + counts.conflict + counts.blocked;
  must(left === 0, `a resumed restore left ${left} objects undone: ${JSON.stringify(counts)}`);
}

/** The git that is being fed: a child of the server whose command line says so. */
function feederOf(pid: number): number | undefined {
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      const parent = Number(
        /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${entry}/status`, 'utf8'))?.[1],
      );
      if (parent === pid && line.includes('fast-import')) return Number(entry);
    } catch {
      continue; // gone meanwhile
    }
  }
  return undefined;
}

async function strike(world: World, { act, run }: { act: Act; run: Run }): Promise<void> {
  const length = world.lengths.get(act) ?? 0;
  await new Promise((resolve) => setTimeout(resolve, world.random() * length));
  if (act !== 'feeder') {
    await world.server.kill();
    return count(world, act, !isOver(stateOnDisk(world, run)));
  }
  const feeder = feederOf(world.server.pid);
  if (feeder) process.kill(feeder, 'SIGKILL');
  return count(world, act, feeder !== undefined);
}

function count({ blows }: World, act: Act, isInside: boolean): void {
  const { inside, all } = blows.get(act) ?? { inside: 0, all: 0 };
  blows.set(act, { inside: inside + Number(isInside), all: all + 1 });
}

/** What the killed server had written about its run. */
function stateOnDisk({ data }: World, { id }: Run): RunState {
  const db = new Database(join(data, 'lifeboat.db'), { readonly: true });
  try {
    const row = db.prepare('select state from run where id = ?').get(id) as { state: RunState };
    return row.state;
  } finally {
    db.close();
  }
}

/** Each act once without a blow, to know how long it takes. */
async function measure(world: World): Promise<void> {
  await keepSome(world);
  for (const act of acts) {
    const began = performance.now();
    const { id } = await start(world, act);
    const run = await ended(world, id);
    world.lengths.set(act, performance.now() - began);
    must(run.state === 'completed', `an undisturbed ${act} ended as ${run.state}`);
    if (run.kind === 'backup') world.acknowledged.add(run.backup ?? '');
    await keepSome(world);
  }
}

/** There is always something that could be lost, and something to restore, export and delete. */
async function keepSome(world: World): Promise<void> {
  while (world.acknowledged.size < 4) {
    const run = await start(world, 'backup');
    const { state, backup } = await ended(world, run.id);
    must(state === 'completed', `an undisturbed backup ended as ${state}`);
    world.acknowledged.add(backup ?? '');
  }
}

async function round(world: World): Promise<string> {
  await keepSome(world);
  const act = acts[Math.floor(world.random() * acts.length)] ?? 'backup';
  const run = await start(world, act);
  await strike(world, { act, run });
  if (act !== 'feeder') await world.restart();
  const after = await ended(world, run.id);
  if (run.kind === 'backup' && after.state === 'completed')
    world.acknowledged.add(after.backup ?? '');
  must(
    after.state !== 'failed' || act === 'feeder',
    `${act} ended as failed: ${after.problem?.title}`,
  );
  if (run.kind === 'restore') await checkRestored(world, after);
  await check(world, `${act}, ${after.state}`);
  return `${act} (${run.kind}): ${after.state}${after.problem ? `, ${after.problem.title}` : ''}`;
}

function refs(world: World, below: string): string[] {
  const repository = join(world.data, 'repositories', `${world.cluster}.git`);
  const words = ['--git-dir', repository, 'for-each-ref', '--format=%(refname:lstrip=2)', below];
  return execFileSync('git', words, { encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** Nothing half-visible, nothing acknowledged lost, and what is listed can be opened. */
async function check(world: World, when: string): Promise<void> {
  const backups = await listed(world);
  const names = backups.map(({ id }) => id);
  must(refs(world, 'refs/incoming').length === 0, `${when}: something incoming was left`);
  must(
    refs(world, 'refs/backups').toSorted().join() === names.toSorted().join(),
    `${when}: the list and the repository disagree`,
  );
  for (const name of world.acknowledged)
    must(names.includes(name), `${when}: the acknowledged backup ${name} is gone`);
  for (const { id, state } of backups) {
    must(state === 'completed' || state === 'partial', `${when}: ${id} is ${state}`);
    await call(world, inCluster(world, `GET backups/${id}/contents`));
  }
}

async function verifyAll(world: World): Promise<void> {
  for (const { id } of await listed(world)) {
    const run = await call<Run>(world, inCluster(world, `POST backups/${id}/verify`));
    must((await ended(world, run.id)).state === 'completed', `${id} cannot be verified`);
  }
}

/** The database thrown away: the same backups are listed again, from the repository alone. */
async function loseDatabase(world: World): Promise<void> {
  const before = (await listed(world)).map(({ id, objects }) => `${id} ${objects}`);
  await world.server.kill();
  for (const end of ['', '-wal', '-shm'])
    await rm(join(world.data, `lifeboat.db${end}`), { force: true });
  await world.restart();
  const after = (await listed(world)).map(({ id, objects }) => `${id} ${objects}`);
  must(after.join() === before.join(), 'the rebuilt database lists other backups');
}

function sayBlows({ blows, lengths }: World): void {
  const said = [...blows].map(([act, { inside, all }]) => {
    const length = Math.round(lengths.get(act) ?? 0);
    return `${act} ${inside} of ${all} (takes ${length} ms)`;
  });
  console.log(`Blows while the act was going on: ${said.join(', ')}.`);
}

/** kill -9 at random points, on the sandbox cluster: `rounds` times. */
export async function killNine(rounds: number, seed: number): Promise<number> {
  console.log(`Killing ${rounds} times, seed ${seed}.`);
  const data = await mkdtemp(join(tmpdir(), 'lifeboat-kill-nine-'));
  const sandbox = await startSandbox({ estate: 'demo' });
  const kubeconfig = join(data, 'kubeconfig.yaml');
  await writeFile(kubeconfig, sandbox.kubeconfig);
  await mkdir(join(data, 'exports'));
  const flags = ['--export-root', join(data, 'exports')];
  const begin = () => startServer({ data, kubeconfig, flags });
  const server = await begin();
  const world: World = {
    server,
    data,
    cluster: '',
    random: randomFrom(seed),
    acknowledged: new Set(),
    count: 0,
    lengths: new Map(),
    blows: new Map(),
    restart: async () => {
      world.server = await begin();
    },
  };
  const { items } = await call<{ items: { id: string }[] }>(world, 'GET clusters');
  world.cluster = items[0]?.id ?? '';
  await measure(world);
  for (let at = 1; at <= rounds; at++) console.log(`${at}/${rounds} ${await round(world)}`);
  sayBlows(world);
  await verifyAll(world);
  await loseDatabase(world);
  await world.server.stop();
  await sandbox.close();
  for (const sentence of sentences) console.error(`FAILED: ${sentence}`);
  if (sentences.length === 0) await rm(data, { recursive: true });
  return sentences.length;
}
