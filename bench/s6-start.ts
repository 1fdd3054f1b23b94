import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../scenario/server.ts';
import { measured } from './gates.ts';
import type { Measure } from './report.models.ts';
import { seedFacts } from './s6-facts.ts';

/** S6: with a million facts in the database. */
export async function benchStart(facts: number): Promise<Measure[]> {
  const data = await mkdtemp(join(tmpdir(), 'lifeboat-bench-facts-'));
  await seedFacts(data, facts);
  const server = await startServer({ data });
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const memory =
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;
  await server.stop();
  await rm(data, { recursive: true });
  return [
    measured('S6 start', {
      what: `cold start to ready with ${facts} facts`,
      numerator: server.secondsToReady,
      unit: 's',
    }),
    measured('S6 memory', {
      what: 'idle memory (with the sandbox cluster inside)',
      numerator: memory,
      unit: 'MB',
    }),
  ];
}
