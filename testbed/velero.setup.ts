import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import './provided.ts';
import { startTestbed } from './start.ts';

/** One control plane with an S3 server and Velero for all `*.velero.test.ts`. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const testbed = await startTestbed({ velero: true });
  const { store, velero } = testbed;
  if (!store || !velero) throw new Error('The test bed was started without Velero.');
  const control = await serveRestart(velero.restart);
  provide('testbed', testbed.access);
  provide('s3', store);
  provide('velero', {
    binary: velero.binary,
    namespace: velero.namespace,
    restart: control.url,
  });
  return async () => {
    await control.stop();
    await testbed.stop();
  };
}

/** Tests run in processes of their own: they ask for a restart over HTTP. */
async function serveRestart(restart: () => Promise<void>) {
  const server = createServer((_, response) => {
    restart().then(
      () => response.writeHead(204).end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}/`, stop };
}
