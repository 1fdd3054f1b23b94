import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/**
 * A small file system where one can be mounted; else this process's own limit on file sizes, which
 * holds once `limit` was called.
 */
export async function smallDisk() {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-disk-'));
  const mounted = process.getuid?.() === 0;
  const run = (program: string, ...args: string[]) => execFileSync(program, args);
  const limitFiles = (bytes: string) =>
    run('prlimit', '--pid', String(process.pid), `--fsize=${bytes}:`);
  if (mounted) run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder);
  else process.on('SIGXFSZ', () => {});
  return {
    folder,
    limit: () => {
      if (!mounted) limitFiles('1000000');
    },
    release: () => {
      if (mounted) run('mount', '-o', 'remount,size=64m', folder);
      else limitFiles('unlimited');
    },
    close: async () => {
      if (mounted) run('umount', '-l', folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
