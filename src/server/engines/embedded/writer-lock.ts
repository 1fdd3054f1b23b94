import { execFile } from 'node:child_process';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { firstWrite, hasCode, unlessMissing } from './durable.ts';
import { repositoryLocked } from './repository.errors.ts';

const owner = z.object({
  pid: z.int(),
  /** When that process started, as its system tells it: process ids are used again. */
  started: z.string(),
  /** Process group of a helper that may outlive its owner. */
  helper: z.optional(z.object({ group: z.int(), started: z.nullable(z.string()) })),
  what: z.string(),
});
type Owner = z.infer<typeof owner>;

/** Settled when it is written down that this process group writes for the owner of the lock. */
export type OnHelper = (group: number) => Promise<void>;

const waiting = new Map<string, Promise<void>>();

/**
 * One writer per repository: writers of this process wait for each other, another living process is
 * refused, the lock of a dead one is taken over. `onHelper` remembers a helper's process group, so
 * that it is ended when its owner was killed.
 */
export async function withWriterLock<T>(
  gitDir: string,
  what: string,
  act: (onHelper: OnHelper) => Promise<T>,
): Promise<T> {
  const before = waiting.get(gitDir) ?? Promise.resolve();
  const { promise: done, resolve: release } = Promise.withResolvers<void>();
  const mine = before.then(() => done);
  waiting.set(gitDir, mine);
  await before;
  try {
    return await locked(gitDir, what, act);
  } finally {
    release();
    if (waiting.get(gitDir) === mine) waiting.delete(gitDir);
  }
}

const lockFile = (gitDir: string) => join(gitDir, 'lifeboat.lock');

async function locked<T>(
  gitDir: string,
  what: string,
  act: (onHelper: OnHelper) => Promise<T>,
): Promise<T> {
  const me = { pid: process.pid, started: (await startOf(process.pid)) ?? '', what };
  await take(gitDir, me);
  try {
    return await act(async (group) => {
      const helper = { group, started: await startOf(group) };
      await writeDraft(gitDir, { ...me, helper });
      await rename(draftFile(gitDir), lockFile(gitDir));
    });
  } finally {
    await rm(lockFile(gitDir), { force: true });
  }
}

const draftFile = (gitDir: string) => `${lockFile(gitDir)}.${process.pid}`;

const writeDraft = (gitDir: string, owner: Owner) =>
  firstWrite(() => writeFile(draftFile(gitDir), JSON.stringify(owner)));

/** The file appears complete or not at all (a link), so that no reader sees half an owner. */
async function take(gitDir: string, me: Owner): Promise<void> {
  const draft = draftFile(gitDir);
  await writeDraft(gitDir, me);
  try {
    for (let tries = 0; !(await linked(draft, lockFile(gitDir))); tries += 1) {
      const living = await livingOwner(gitDir);
      if (living || tries === 5)
        throw repositoryLocked(`process ${living?.pid ?? '?'} (${living?.what ?? 'unknown'})`);
      await rm(lockFile(gitDir), { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Undefined when nobody holds the lock any more; helpers that a dead owner left behind are ended. */
async function livingOwner(gitDir: string): Promise<Owner | undefined> {
  const text = await readFile(lockFile(gitDir), 'utf8').catch(unlessMissing);
  const parsed = owner.safeParse(readJson(text ?? ''));
  if (!parsed.success) return undefined;
  if ((await startOf(parsed.data.pid)) === parsed.data.started) return parsed.data;
  if (parsed.data.helper) await endHelper(parsed.data.helper);
  return undefined;
}

/**
 * Its leader may be gone while others of the group go on; after a reboot the number means nothing.
 * Settled when the leader runs no more: until then it may still write what the next owner tidies.
 */
async function endHelper({ group, started }: NonNullable<Owner['helper']>): Promise<void> {
  const boot = (await startOf(process.pid))?.split('/')[0];
  const leader = await startOf(group);
  if (started?.split('/')[0] !== boot || (leader !== null && leader !== started)) return;
  endGroup(group);
  while (started !== null && (await startOf(group)) === started) await sleep(5);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // cut short by a full disk: then nobody holds it
  }
}

function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}

const run = promisify(execFile);

/** A process that ended but was not yet reaped by its parent still has its number (proc_pid_stat(5)). */
const ended = new Set(['Z', 'X']);

/** Boot and start of a process; null when there is none that runs. */
async function startOf(pid: number): Promise<string | null> {
  const fields = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (fields !== undefined) {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    // the name in parentheses may hold spaces; state is field 3 of all, start time 22
    const after = fields.slice(fields.lastIndexOf(')') + 2).split(' ');
    return ended.has(after[0] ?? '') ? null : `${boot.trim()}/${after[19]}`;
  }
  const printed = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined);
  return printed?.stdout.trim() || null;
}
