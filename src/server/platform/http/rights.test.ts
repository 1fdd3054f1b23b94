import { beforeAll, expect, test } from 'vitest';
import { endpoints } from '#shared/http/api.ts';
import { type Person, testApp } from '../../testing/app.ts';
import { rightsSuite, sampleLookup } from '../../testing/rights.suite.ts';
import { ProblemError } from '../problems.ts';

let person: Person = 'nobody';
let app: Awaited<ReturnType<typeof testApp>>['app'];

const reached = () =>
  new ProblemError({ code: 'test.reached', status: 418, title: 'Let in.', detail: 'Let in.' });

beforeAll(async () => {
  ({ app } = await testApp({
    person: () => person,
    lookup: sampleLookup,
    http: { callsPerMinute: 100_000 },
    register: ({ handle, handleEvents }) => {
      for (const at of endpoints) {
        const mount = at.stream === 'events' ? handleEvents : handle;
        mount(at, () => {
          throw reached();
        });
      }
    },
  }));
});

rightsSuite(endpoints, async (who, { method, url, body }) => {
  person = who;
  return await app.inject({ method, url, ...(body && { payload: body }) });
});

test('every endpoint of the contract is a route', async () => {
  await app.ready();
  const missing = endpoints.filter(({ method, path }) => !app.hasRoute({ method, url: path }));
  expect(missing).toEqual([]);
});
