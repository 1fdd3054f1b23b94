import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { git } from './engines/embedded/git.ts';
import { createRepository, repositoryPath } from './engines/embedded/repository.ts';
import { recoveryKit } from './platform/key-format.ts';
import { addKeys, openKeyring } from './platform/keyring.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeboat-adopt-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The entry as a process of its own, as the command starts it. */
async function run(entry: string, ...args: readonly string[]) {
  const file = join(import.meta.dirname, entry);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args]);
    return { exit: 0, said: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { exit: code, said: stderr };
  }
}

/** A data folder of another machine with one backup, and its recovery kit in a file. */
async function otherMachine() {
  const { keys } = await openKeyring({ folder: join(folder, 'old', 'keys') });
  const path = repositoryPath(join(folder, 'old'), 'prod');
  await createRepository(path);
  await git(path, ['config', '--add', 'lifeboat.key', keys[0]?.id ?? '']);
  const tree = (await git(path, ['hash-object', '-t', 'tree', '-w', '/dev/null']))
    .toString()
    .trim();
  const author = ['-c', 'user.name=lifeboat', '-c', 'user.email=lifeboat@localhost'];
  const commit = await git(path, [...author, 'commit-tree', '-m', 'backup', tree]);
  await git(path, ['update-ref', 'refs/backups/nightly-1', commit.toString().trim()]);
  const key = join(folder, 'kit');
  const lines = recoveryKit(keys).split('\n');
  await writeFile(key, lines.filter((line) => line.startsWith('lifeboat-key')).join('\n'));
  return { path, key };
}

test('a repository from another machine is taken over with its key', async () => {
  const { path, key } = await otherMachine();
  const data = join(folder, 'new');
  const { exit, said } = await run('adopt.ts', path, '--key', key, '--data', data);
  expect([exit, said]).toEqual([
    0,
    expect.stringContaining('1 backup as those of the cluster prod'),
  ]);
  const refs = await git(repositoryPath(data, 'prod'), ['for-each-ref', 'refs/backups/']);
  expect(refs.toString()).toContain('refs/backups/nightly-1');
  expect((await openKeyring({ folder: join(data, 'keys') })).keys).toHaveLength(2);
});

test('the recovery kit holds every key of the keyring', async () => {
  const data = join(folder, 'here');
  const own = await openKeyring({ folder: join(data, 'keys') });
  const other = await openKeyring({ folder: join(folder, 'there') });
  await addKeys({ folder: join(data, 'keys') }, other.keys);
  const { exit, said } = await run('recovery-kit.ts', '--data', data);
  expect(exit).toBe(0);
  for (const { id } of [...own.keys, ...other.keys])
    expect(said).toContain(`lifeboat-key-1 ${id} `);
});

test.each([
  ['no key', ['prod.git'], 2, 'Usage: lifeboat repositories adopt'],
  [
    'a flag that does not exist',
    ['prod.git', '--kay', 'x'],
    2,
    'Usage: lifeboat repositories adopt',
  ],
  ['a key file that is not there', ['prod.git', '--key', '/nowhere'], 1, 'is missing'],
])('with %s it says what is wrong', async (_, args, code, sentence) => {
  const { exit, said } = await run('adopt.ts', ...args, '--data', join(folder, 'new'));
  expect([exit, said]).toEqual([code, expect.stringContaining(sentence)]);
});
