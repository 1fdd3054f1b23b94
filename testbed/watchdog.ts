import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Outlives the process that started a test bed, whatever ended it, and ends what that left behind.
 * Reads lines: `+PID` a process group begun, `-PID` one ended, `folder PATH` to be removed.
 */
const groups = new Set<number>();
const folders = new Set<string>();

for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('+')) groups.add(Number(line.slice(1)));
  else if (line.startsWith('-')) groups.delete(Number(line.slice(1)));
  else if (line.startsWith('folder ')) folders.add(line.slice('folder '.length));
}

if (groups.size > 0) {
  signalAll('SIGTERM');
  await sleep(1000);
  signalAll('SIGKILL');
  await sleep(200);
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}

function signalAll(signal: NodeJS.Signals): void {
  for (const group of groups) {
    try {
      process.kill(-group, signal);
    } catch {
      groups.delete(group);
    }
  }
}
