import { execFileSync } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import type { AuditEntry } from '#shared/audit/audit.contract.ts';
import type { Backup } from '#shared/backups/backups.contract.ts';
import type { Plan } from '#shared/restores/restores.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { type Lifeboat, newData, startLifeboat } from './testing/lifeboat.ts';

const at = '/api/clusters/sandbox';
const run = (program: string, ...args: string[]) => execFileSync(program, args);

/** A data folder on a file system of its own, whose size can be that of what is on it: not a byte free. */
async function newDisk() {
  const { data, remove } = await newData();
  run('mount', '-t', 'tmpfs', '-o', 'size=1g', 'tmpfs', data);
  onTestFinished(async () => {
    run('umount', '-l', data);
    await remove();
  });
  const resize = (bytes: number) => run('mount', '-o', `remount,size=${bytes}`, data);
  return {
    data,
    fill: () => {
      const { blocks, bfree, bsize } = statfsSync(data);
      resize((blocks - bfree) * bsize);
    },
    grow: () => resize(2 ** 30),
    hasReserve: () => existsSync(join(data, 'reserve')),
  };
}

async function backUp({ call, over }: Lifeboat, name: string): Promise<Run> {
  const body = { name, namespaces: ['shop'] };
  return over((await call<Run>('POST', `${at}/backups`, { body })).body);
}

/** The way out of a full disk: everything on it has its entry in the audit trail. */
async function makeRoom({ call, over }: Lifeboat, name: string): Promise<string[]> {
  const deleting = await call<Run>('DELETE', `${at}/backups/${name}`);
  expect([deleting.status, deleting.text]).toEqual([202, expect.any(String)]);
  const maintaining = await call<Run>('POST', '/api/maintenance', { body: { cluster: 'sandbox' } });
  expect([maintaining.status, maintaining.text]).toEqual([202, expect.any(String)]);
  const ended = [await over(deleting.body), await over(maintaining.body)];
  return ended.map(({ state }) => state);
}

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

test.runIf(isRoot)(
  'on a full disk backups can be read, pinned and deleted, with their entries; other changes wait',
  async () => {
    const disk = await newDisk();
    const lifeboat = await startLifeboat(disk.data);
    onTestFinished(lifeboat.stop);
    const { call } = lifeboat;
    const token = await lifeboat.tokenFor({ role: 'admin' });
    for (const name of ['first', 'second'])
      expect((await backUp(lifeboat, name)).state).toBe('completed');
    await expect.poll(disk.hasReserve).toBe(true);

    disk.fill();
    const refused = await call('POST', `${at}/backups`, { body: { name: 'third' } });
    expect([refused.status, refused.body]).toEqual([
      507,
      expect.objectContaining({ code: 'server.disk_full' }),
    ]);
    expect((await call('GET', `${at}/backups`, { token })).status).toBe(200);
    expect(disk.hasReserve()).toBe(true);

    const pin = await call('PUT', `${at}/backups/second/pin`, { body: { note: 'keep' }, token });
    expect([pin.status, pin.text]).toEqual([200, expect.stringContaining('keep')]);
    expect(await makeRoom(lifeboat, 'first')).toEqual(['completed', 'completed']);
    expect(disk.hasReserve()).toBe(false);
    const audit = await call<{ items: AuditEntry[] }>('GET', '/api/audit');
    const done = audit.body.items.filter(({ outcome }) => outcome === 'done');
    expect(done.slice(0, 3).map(({ action }) => action.split(' ')[0])).toEqual([
      'POST',
      'DELETE',
      'PUT',
    ]);
    expect((await call('GET', '/api/audit/verify')).body).toMatchObject({ intact: true });

    disk.grow();
    expect((await backUp(lifeboat, 'third')).state).toBe('completed');
  },
  60_000,
);

test.runIf(isRoot)(
  'a start on a full disk works, and what is on it can be deleted',
  async () => {
    const disk = await newDisk();
    const first = await startLifeboat(disk.data);
    expect((await backUp(first, 'only')).state).toBe('completed');
    await expect.poll(disk.hasReserve).toBe(true);
    await first.stop();
    disk.fill();
    const second = await startLifeboat(disk.data);
    onTestFinished(second.stop);
    expect(disk.hasReserve()).toBe(false);
    expect(await makeRoom(second, 'only')).toEqual(['completed', 'completed']);
  },
  60_000,
);

test.runIf(isRoot)(
  'a disk that fills up in the middle of a restore ends it in plain words, and a new plan does the rest',
  async () => {
    const disk = await newDisk();
    const lifeboat = await startLifeboat(disk.data);
    onTestFinished(lifeboat.stop);
    const { call, over } = lifeboat;
    await backUp(lifeboat, 'whole');
    await expect.poll(disk.hasReserve).toBe(true);
    const body = { backup: 'whole', namespaces: ['shop'], namespaceMapping: { shop: 'copy' } };
    const planned = async () =>
      (
        await call<Plan>('POST', `${at}/restores/plan`, {
          body: { ...body, conflictPolicy: 'update' },
        })
      ).body;
    const restore = async () =>
      (await call<Run>('POST', `${at}/restores`, { body: { plan: (await planned()).id } })).body;
    const { journal } = lifeboat.app.features;
    const { record } = journal;
    let batches = 0;
    journal.record = async (...given) => {
      batches += 1;
      if (batches === 2) disk.fill();
      return record(...given);
    };
    const started = await restore();
    const ended = await over(started);
    expect(ended).toMatchObject({
      state: 'failed',
      problem: {
        code: 'runs.disk_full',
        detail: expect.stringContaining('plan the restore again'),
      },
    });
    // the reserve makes room for the end of the run, and for nothing else
    expect(disk.hasReserve()).toBe(false);
    const { objects } = (await call<Backup>('GET', `${at}/backups/whole`)).body;
    expect(batches).toBeLessThan(objects);

    journal.record = record;
    disk.grow();
    expect(await over(await restore())).toMatchObject({ state: 'completed', problem: null });
    const { create, update, conflict, blocked } = (await planned()).counts;
    expect([create, update, conflict, blocked]).toEqual([0, 0, 0, 0]);
  },
  90_000,
);
