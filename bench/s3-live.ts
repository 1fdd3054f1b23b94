import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { registerLive } from '../src/server/features/live/live.routes.ts';
import { createLiveHub } from '../src/server/platform/http/live-hub.ts';
import { createLog } from '../src/server/platform/log.ts';
import { testApp } from '../src/server/testing/app.ts';
import { measured } from './gates.ts';
import type { Measure } from './report.models.ts';

const everyMs = 50;

/**
 * S3, the server's part: from the event in the server to the last of the readers, who are in a process
 * of their own. Both read the machine's one monotonic clock.
 */
export async function benchLive(given: { readers: number; events: number }): Promise<Measure[]> {
  const hub = createLiveHub({
    log: createLog({ level: 'error' }),
    epoch: 'bench',
    perPerson: given.readers,
  });
  const server = await testApp({
    person: { may: ['session:use', 'backups:read', 'runs:read', 'clusters:read'] },
    register: ({ handleEvents }) => registerLive(handleEvents, { hub }),
    http: { callsPerMinute: 100_000 },
  });
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.app.server.address() as AddressInfo;
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, 's3-readers.child.ts'),
      String(port),
      String(given.readers),
      String(given.events),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const told = once(child.stdout, 'data') as Promise<[Buffer]>; // unread output is thrown away at its end
  while (hub.readers() < given.readers) await wait(20);
  await wait(500);
  for (let at = 0; at < given.events; at++) {
    const id = String(process.hrtime.bigint());
    hub.publish({ type: 'changed', cluster: 'prod', what: 'backups', id }, 'all');
    await wait(everyMs);
  }
  const [output] = await told;
  hub.close();
  await server.end();
  const { p99, p50 } = JSON.parse(output.toString()) as { p99: number; p50: number };
  return [
    measured('S3', {
      what: `event → last of ${given.readers} readers, ${1000 / everyMs}/s, p99`,
      numerator: p99,
      unit: 'ms',
      note: `p50 ${p50.toFixed(1)} ms`,
    }),
  ];
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
