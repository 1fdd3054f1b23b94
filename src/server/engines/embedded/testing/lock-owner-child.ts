import { spawn } from 'node:child_process';
import process from 'node:process';
import { withWriterLock } from '../writer-lock.ts';

/** Holds the lock of a folder until it is killed; prints the process id of its helper. */
const [, , folder = ''] = process.argv;

await withWriterLock(folder, 'a backup', async (onHelper) => {
  const { pid = 0 } = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  await onHelper(pid);
  process.stdout.write(`${pid}\n`);
  await new Promise(() => setInterval(() => undefined, 60_000));
});
