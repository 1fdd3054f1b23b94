import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { git } from './git.ts';
import { listRefs, packFolder } from './repository.ts';
import { all, contextOf, fill, type Lab, object, openLab, problemOf } from './testing/lab.ts';
import { smallDisk } from './testing/small-disk.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab({ freeSpace: async () => Number.MAX_SAFE_INTEGER });
  fill(lab, 400);
});
afterEach(() => lab.close());

const seed = Number(process.env['SEED'] ?? Date.now() % 100_000);
const random = (
  (state: number) => () =>
    (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
)(seed + 1);

test(`killed at any moment, no backup is half visible and no acknowledged one is lost (seed ${seed})`, async () => {
  const there = new Set<string>();
  const began = performance.now();
  await lab.backup({ name: 'pace' });
  // a busy machine needs longer to finish anything before it is killed
  const span = Math.max(700, 4 * (performance.now() - began));
  for (let round = 0; round < 20; round += 1) {
    lab.api.put(
      'configmaps',
      `shop/config-${round}`,
      object(`config-${round}`, 'shop', { data: { round } }),
    );
    const { done, deleting, deleted } = await killedAfter(
      40 + random() * span,
      `r${round}`,
      round % 2 === 0 ? 'incremental' : 'full',
    );
    for (const name of done) there.add(name);
    for (const name of deleting) there.delete(name); // gone or not, when it was killed meanwhile
    await lab.engine.recover('test');
    const left = await listRefs(lab.gitDir, 'refs/incoming/').catch(() => []);
    expect(left).toEqual([]);
    const found = (await all(lab.engine.backups('test'))).map((one) =>
      'damaged' in one ? `${one.id} is damaged` : one.manifest.id,
    );
    expect([...there].filter((name) => !found.includes(name))).toEqual([]);
    expect(found.filter((name) => deleted.includes(name))).toEqual([]);
    for (const name of found.slice(-2))
      expect(await lab.engine.verify({ cluster: 'test', backup: name }, contextOf())).toMatchObject(
        { damaged: [], objects: 804 },
      );
  }
  expect(there.size).toBeGreaterThan(5);
  await lab.backup({ name: 'afterwards' });
  const leftovers = (await readdir(packFolder(lab.gitDir))).filter((name) =>
    name.startsWith('tmp'),
  );
  expect([leftovers, await readdir(lab.gitDir)]).toEqual([
    [],
    expect.not.arrayContaining(['lifeboat.lock']),
  ]);
  expect((await git(lab.gitDir, ['fsck', '--full', '--no-dangling'])).toString()).toBe('');
}, 120_000);

/** Runs backups in a process, kills it so many milliseconds after its first word. */
async function killedAfter(milliseconds: number, prefix: string, type: string) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'testing/backup-child.ts'), lab.data, lab.api.url, prefix, type],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let told = '';
  child.stdout.on('data', (part: Buffer) => (told += part.toString()));
  await once(child.stdout, 'data');
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  await once(child, 'close');
  clearTimeout(timer);
  const names = (word: string) =>
    [...told.matchAll(new RegExp(`${word} (\\S+)\n`, 'g'))].map(([, name = '']) => name);
  return { done: names('done'), deleting: names('deleting'), deleted: names('deleted') };
}

test('when only git is killed, the backup fails, nothing of it is visible, and the next one works', async () => {
  await lab.backup({ name: 'before' });
  lab.api.state.delay = 60;
  const failing = problemOf(lab.backup({ name: 'killed', type: 'full' }));
  process.kill(await feeder(), 'SIGKILL');
  expect(await failing).toMatchObject({ code: 'git.failed' });
  lab.api.state.delay = 0;
  expect((await all(lab.engine.backups('test'))).length).toBe(1);
  await lab.backup({ name: 'killed' });
});

/** The process id of our own `git fast-import`. */
async function feeder(): Promise<number> {
  for (;;) {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (isOurs(pid)) return Number(pid);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function isOurs(pid: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    return (
      parent === String(process.pid) &&
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('fast-import')
    );
  } catch {
    return false; // ended while we looked
  }
}

test('a flipped byte in a pack is found by verification, which names what is hit; the rest stays readable', async () => {
  await lab.backup({ name: 'first' });
  await lab.backup({ name: 'second' });
  const path = 'resources/configmaps/namespaces/shop/config-7.json';
  const stored = await lab.engine.readObject({ cluster: 'test', backup: 'first', path });
  await flip(stored?.oid ?? '');
  await lab.engine.close();
  const outcome = await lab.engine.verify({ cluster: 'test', backup: 'second' }, contextOf());
  expect(outcome.damaged).toMatchObject([{ path, reason: expect.stringMatching(/./) }]);
  expect(outcome.alsoHit).toEqual(['first']);
  const read = (one: string) =>
    lab.engine.readObject({ cluster: 'test', backup: 'first', path: one });
  expect(await problemOf(read(path))).toMatchObject({ code: 'repository.object_damaged' });
  expect(await read(path.replace('config-7.', 'config-8.'))).not.toBeNull();
});

/** Changes one byte inside the stored form of an object. */
async function flip(oid: string): Promise<void> {
  const folder = packFolder(lab.gitDir);
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.idx')) continue;
    const listed = (await git(lab.gitDir, ['verify-pack', '-v', join(folder, name)])).toString();
    const [, , , size, offset] =
      listed
        .split('\n')
        .find((line) => line.startsWith(oid))
        ?.split(/\s+/) ?? [];
    if (offset === undefined) continue;
    const file = await open(join(folder, name.replace('.idx', '.pack')), 'r+');
    const at = Number(offset) + Math.floor(Number(size) / 2);
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    await file.write(Buffer.from([byte.readUInt8(0) ^ 0x55]), 0, 1, at);
    await file.close();
  }
}

test('many flipped bytes anywhere in a pack never pass verification, and never break it', async () => {
  await lab.backup({ name: 'first' });
  const [pack = ''] = (await readdir(packFolder(lab.gitDir))).filter((name) =>
    name.endsWith('.pack'),
  );
  const path = join(packFolder(lab.gitDir), pack);
  const sound = readFileSync(path);
  for (let round = 0; round < 15; round += 1) {
    const at = 12 + Math.floor(random() * (sound.length - 32));
    const rotten = Buffer.from(sound);
    rotten.writeUInt8(rotten.readUInt8(at) ^ (1 << Math.floor(random() * 8)), at);
    await rm(path, { force: true });
    await writeFile(path, rotten);
    await lab.engine.close();
    const { damaged } = await lab.engine.verify({ cluster: 'test', backup: 'first' }, contextOf());
    expect({ at, seed, found: damaged.length > 0 }).toEqual({ at, seed, found: true });
  }
}, 60_000);

test('a lost pack is damage of the backup, not a missing backup', async () => {
  await lab.backup({ name: 'first' });
  await rm(packFolder(lab.gitDir), { recursive: true });
  await lab.engine.close();
  const { damaged } = await lab.engine.verify({ cluster: 'test', backup: 'first' }, contextOf());
  expect(damaged).toHaveLength(1);
  expect(await all(lab.engine.backups('test'))).toMatchObject([
    { id: 'first', damaged: expect.any(String) },
  ]);
});

test('a full disk fails the backup with its reason, keeps the earlier ones, and is over when space returns', async () => {
  const disk = await smallDisk();
  try {
    const small = await openLab({
      data: disk.folder,
      freeSpace: async () => Number.MAX_SAFE_INTEGER,
    });
    fill(small, 20);
    await small.backup({ name: 'before' });
    disk.limit();
    for (let at = 0; at < 60; at += 1) {
      const noise = Array.from({ length: 60_000 }, () =>
        Math.floor(random() * 36).toString(36),
      ).join('');
      small.api.put(
        'configmaps',
        `shop/noise-${at}`,
        object(`noise-${at}`, 'shop', { data: { noise } }),
      );
    }
    expect(await problemOf(small.backup({ name: 'full' }))).toMatchObject({
      code: 'storage.full',
      status: 507,
    });
    const verified = await small.engine.verify({ cluster: 'test', backup: 'before' }, contextOf());
    expect(verified.damaged).toEqual([]);
    disk.release();
    await small.backup({ name: 'full' });
    expect(await all(small.engine.backups('test'))).toHaveLength(2);
    await small.close();
  } finally {
    await disk.close();
  }
}, 60_000);

test('with too little room nothing is written, and the sentence says how many bytes are missing', async () => {
  await lab.close();
  lab = await openLab({ freeSpace: async () => 1000 });
  fill(lab);
  const problem = await problemOf(lab.backup({ name: 'refused' }));
  expect(problem).toMatchObject({ code: 'storage.low', status: 507 });
  expect(problem.title).toMatch(/1000 bytes are free, \d+ are needed; \d+ are missing/);
});
