import process from 'node:process';
import { startSandbox } from '../src/sandbox/sandbox.ts';

const { server, token, kubeconfig } = await startSandbox({
  estate: { objects: Number(process.argv[2]) },
});
process.stdout.write(JSON.stringify({ server, token, kubeconfig }));
