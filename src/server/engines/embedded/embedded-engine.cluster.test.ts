import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, inject } from 'vitest';
import '../../../../testbed/provided.ts';
import { engineSuite } from '../engine.suite.ts';
import { embeddedSubject, makeNamespaces } from './testing/subject.ts';

const { server, adminToken, caFile } = inject('testbed');
const connect = async () => ({
  server,
  ca: await readFile(caFile, 'utf8'),
  credentials: { token: adminToken },
});
let namespaces: Awaited<ReturnType<typeof makeNamespaces>>;

beforeAll(async () => {
  namespaces = await makeNamespaces(connect);
});
afterAll(() => namespaces.remove());

/** Other tests define and withdraw kinds of these groups on the same control plane. */
const excludedKinds = ['*.example.com'];
engineSuite(() => embeddedSubject({ connect, namespaces, excludedKinds }));
