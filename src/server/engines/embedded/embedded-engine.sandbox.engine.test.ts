import { afterAll, beforeAll } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { engineSuite } from '../engine.suite.ts';
import { embeddedSubject, makeNamespaces } from './testing/subject.ts';

let sandbox: Sandbox;
let namespaces: Awaited<ReturnType<typeof makeNamespaces>>;
const connect = async () => ({
  server: sandbox.server,
  credentials: { token: sandbox.token },
});

beforeAll(async () => {
  sandbox = await startSandbox();
  namespaces = await makeNamespaces(connect);
});
afterAll(async () => {
  await namespaces.remove();
  await sandbox.close();
});

engineSuite(() => embeddedSubject({ connect, namespaces }));
