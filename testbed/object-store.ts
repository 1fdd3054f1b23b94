import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { freePorts } from './ports.ts';
import type { Processes } from './processes.ts';
import type { ObjectStore } from './provided.ts';

const bucket = 'backups';

/** An S3 server over a folder; a bucket is a folder in it. */
export async function startObjectStore(
  processes: Processes,
  { binaries, directory }: { binaries: Binaries; directory: string },
): Promise<ObjectStore> {
  const [port = 0] = await freePorts(1);
  const endpoint = `http://127.0.0.1:${port}`;
  const buckets = join(directory, 'buckets');
  // Absolute, and not left out: without it the tags of parts are lost and uploads over 5 MB fail.
  const sidecar = join(directory, 'bucket-metadata');
  const folder = join(buckets, bucket);
  await mkdir(folder, { recursive: true });
  await mkdir(sidecar);
  const accessKeyId = 'testbed';
  const secretAccessKey = randomBytes(16).toString('hex');
  await processes.start({
    name: 'versitygw',
    file: binaries.versitygw,
    args: ['--port', `127.0.0.1:${port}`, 'posix', '--sidecar', sidecar, buckets],
    env: { ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey },
    ready: async () => (await fetch(endpoint)).status > 0,
  });
  return { endpoint, accessKeyId, secretAccessKey, bucket, folder };
}
