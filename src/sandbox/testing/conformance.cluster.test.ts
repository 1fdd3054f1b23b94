import { readFile } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import '../../../testbed/provided.ts';
import { startSandbox } from '../sandbox.ts';
import { runCases } from './conformance.ts';

test('The sandbox answers as a real API server does, in status, reason, words and shape.', async () => {
  const { server, adminToken, caFile } = inject('testbed');
  const sandbox = await startSandbox({ estate: 'empty' });
  const real = { server, token: adminToken, ca: await readFile(caFile, 'utf8') };
  const [expected, found] = await Promise.all([runCases(real), runCases(sandbox)]);
  await sandbox.close();
  expect(found).toEqual(expected);
});
