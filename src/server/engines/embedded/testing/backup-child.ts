import { createKubernetesClient } from '../../../kubernetes/client.ts';
import { openKeyring } from '../../../platform/keyring.ts';
import { createEmbeddedEngine } from '../embedded-engine.ts';

/** A process to be killed: one backup after the other, each told when it is acknowledged. */
const [data = '', server = '', prefix = '', type = 'incremental'] = process.argv.slice(2);
const connect = async () => ({ server, credentials: {} });
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const engine = createEmbeddedEngine({
  data,
  keyring: await openKeyring({ folder: `${data}/keys` }),
  captureWorker: new URL('../capture.worker.ts', import.meta.url),
  clock: () => Temporal.Now.instant(),
  log: silent,
  freeSpace: async () => Number.MAX_SAFE_INTEGER,
});
const cluster = {
  id: 'test',
  uid: 'uid-test',
  client: createKubernetesClient({ server, source: connect }),
  connect,
};
process.stdout.write('ready\n');
for (let count = 1; ; count += 1) {
  const name = `${prefix}-${count}`;
  const context = {
    run: crypto.randomUUID(),
    signal: new AbortController().signal,
    progress: () => {},
    log: () => {},
  };
  const spec = { engine: 'embedded', type: type === 'full' ? 'full' : 'incremental' } as const;
  await engine.backup({ cluster, spec, name, createdBy: 'test', now: Date.now() }, context);
  process.stdout.write(`done ${name}\n`);
  if (count % 3 === 0) {
    process.stdout.write(`deleting ${name}\n`);
    await engine.deleteBackup({ cluster: 'test', backup: name }, context);
    process.stdout.write(`deleted ${name}\n`);
  }
  if (count % 4 === 0) await engine.maintain({ cluster: 'test' }, context);
}
