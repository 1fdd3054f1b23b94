import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from './sandbox.ts';

const sandbox = await startSandbox({ churn: true });
const folder = await mkdtemp(join(tmpdir(), 'lifeboat-sandbox-'));
const path = join(folder, 'kubeconfig');
await writeFile(path, sandbox.kubeconfig, { mode: 0o600 });
process.stdout.write(`Sandbox cluster at ${sandbox.server}\nKUBECONFIG=${path}\n`);

async function stop(): Promise<void> {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
