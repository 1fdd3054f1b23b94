import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { countingProxy } from './counting-proxy.ts';
import { openLab } from './lab.ts';
import { startSandboxProcess } from './sandbox-process.ts';
import type { Measure } from './report.models.ts';
import { measured } from './gates.ts';

/** B6: peak memory above idle, in a process of its own, for a small and a large cluster. */
export async function benchMemory(small: number, large: number): Promise<Measure[]> {
  const few = await peakAboveIdle(small);
  const many = await peakAboveIdle(large);
  const perObject = ((many - few) * 1024) / (large - small);
  return [
    measured('B6 peak', {
      what: `peak memory above idle, ${large} objects`,
      numerator: many,
      unit: 'MB',
    }),
    measured('B6 slope', {
      what: `growth from ${small} objects, per object`,
      numerator: Math.max(0, perObject),
      unit: 'KB',
      note: `${few.toFixed(0)} MB at ${small}`,
    }),
  ];
}

async function peakAboveIdle(objects: number): Promise<number> {
  const sandbox = await startSandboxProcess(objects);
  const child = join(import.meta.dirname, 'b6-memory.child.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    child,
    sandbox.server,
    sandbox.token,
  ]);
  await sandbox.stop();
  const { idle, peak } = JSON.parse(stdout) as { idle: number; peak: number };
  return peak - idle;
}

/** B10: a good citizen asks for no more pages than there are, and for two lists at once at most. */
export async function benchRequests(objects: number): Promise<Measure[]> {
  const sandbox = await startSandboxProcess(objects);
  const proxy = await countingProxy(sandbox.server);
  const source = async () => ({ server: proxy.server, credentials: { token: sandbox.token } });
  const lab = await openLab({ source });
  await lab.backup();
  await lab.close();
  await proxy.close();
  await sandbox.stop();
  return [
    measured('B10 requests', {
      what: 'LIST requests ÷ pages that there are',
      numerator: proxy.lists(),
      denominator: proxy.pagesNeeded(),
      unit: 'requests',
    }),
    measured('B10 at once', {
      what: 'lists at once',
      numerator: proxy.mostAtOnce(),
      unit: 'lists',
    }),
  ];
}
