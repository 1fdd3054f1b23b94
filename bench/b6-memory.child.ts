import { readFileSync } from 'node:fs';
import process from 'node:process';
import { openLab } from './lab.ts';

/** Prints the peak memory of this process while it backs up, less what it needs when idle (MB). */
const [server = '', token = ''] = process.argv.slice(2);
const lab = await openLab({ source: async () => ({ server, credentials: { token } }) });
await lab.cluster.client.version();
const idle = residentMegabytes('VmRSS');
await lab.backup();
process.stdout.write(`${JSON.stringify({ idle, peak: residentMegabytes('VmHWM') })}\n`);
await lab.close();

function residentMegabytes(field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024;
}
