import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';

/** A sandbox cluster in a process of its own, so that its work is not measured as ours. */
export async function startSandboxProcess(objects: number) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'sandbox.child.ts'), String(objects)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  const told = JSON.parse(output.toString()) as {
    server: string;
    token: string;
    kubeconfig: string;
  };
  return {
    ...told,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
