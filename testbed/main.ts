import { parseArgs } from 'node:util';
import { startTestbed } from './start.ts';

const { values } = parseArgs({
  options: {
    velero: { type: 'boolean', default: false },
    'no-controllers': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const help = `npm run testbed [-- --velero] [--no-controllers]
Starts a real Kubernetes control plane on loopback and keeps it running until Ctrl-C.
  --velero          with an S3 server and Velero beside it
  --no-controllers  API server and etcd only`;

async function run(): Promise<void> {
  const stopping = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stopping.resolve());
  const testbed = await startTestbed({
    velero: values.velero,
    controllers: !values['no-controllers'],
  });
  console.log(`kubeconfig: ${testbed.kubeconfig}`);
  console.log(`API server: ${testbed.server} (logs in ${testbed.directory})`);
  if (testbed.store) console.log(`S3: ${JSON.stringify(testbed.store)}`);
  if (testbed.velero) console.log(`velero: ${testbed.velero.binary}`);
  console.log(`Next: npm start -- --kubeconfig ${testbed.kubeconfig}`);
  console.log('Ctrl-C ends everything.');
  await stopping.promise;
  await testbed.stop();
}

if (values.help) console.log(help);
else
  await run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
