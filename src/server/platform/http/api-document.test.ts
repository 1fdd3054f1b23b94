import { expect, test } from 'vitest';
import { endpoints } from '#shared/http/api.ts';
import { endpoint } from '#shared/http/endpoint.ts';
import * as z from 'zod/mini';
import { testApp } from '../../testing/app.ts';
import { registerApiDocument } from './api-document.ts';
import { apiPage } from './api-page.models.ts';
import { openapiOf } from './openapi.models.ts';

type Described = {
  description?: string;
  properties?: Record<string, Described>;
  anyOf?: Described[];
};
type Operation = {
  parameters: { name: string; in: string; required: boolean; description?: string }[];
  security: unknown[];
  requestBody?: { content: { 'application/json': { schema: Described } } };
  responses: Record<string, unknown>;
  operationId: string;
};
const paths = openapiOf(endpoints, '1.2.3')['paths'] as Record<string, Record<string, Operation>>;
const operations = Object.values(paths).flatMap((path) => Object.values(path));

test('the document has every endpoint once, each with an answer and a name of its own', () => {
  expect(operations).toHaveLength(endpoints.length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(endpoints.length);
});

test('parameters of the path are required, those of a list are not, and mutations take a key', () => {
  const { get, post } = paths['/api/clusters/{cluster}/backups'] ?? {};
  expect(get?.parameters).toContainEqual(
    expect.objectContaining({ name: 'cluster', in: 'path', required: true }),
  );
  expect(get?.parameters).toContainEqual(
    expect.objectContaining({ name: 'limit', in: 'query', required: false }),
  );
  expect(post?.parameters.map(({ name }) => name)).toContain('Idempotency-Key');
  expect(Object.keys(post?.responses ?? {})).toEqual(['202', 'default']);
});

test('every parameter and every field of a request says what it means', () => {
  const silent = operations.flatMap(({ operationId, parameters, requestBody }) => [
    ...parameters.filter(({ description }) => !description).map(({ name }) => [operationId, name]),
    ...silentFields(requestBody?.content['application/json'].schema ?? {}).map((name) => [
      operationId,
      name,
    ]),
  ]);
  expect(silent).toEqual([]);
});

test('fields of the same kind say each its own, and so do those of a group', () => {
  const body = paths['/api/clusters/{cluster}/schedules']?.['post']?.requestBody;
  const groupOf = (field: string) =>
    body?.content['application/json'].schema.properties?.[field]?.anyOf?.find(
      ({ properties }) => properties,
    )?.properties;
  expect(groupOf('frequency')).toMatchObject({
    from: { description: 'When it begins, such as 22:00' },
    to: { description: expect.stringMatching(/^When it ends/) },
  });
  expect(groupOf('retention')).toMatchObject({
    last: { description: 'So many of the newest' },
    daily: { description: 'The newest of so many days' },
    minimum: { description: 'At least so many good ones, however old' },
  });
});

/** Fields without a description; a group of fields needs none, its fields do. */
function silentFields({ properties = {}, anyOf = [] }: Described): string[] {
  const own = Object.entries(properties).flatMap(([name, field]) =>
    field.properties
      ? silentFields(field).map((inner) => `${name}.${inner}`)
      : field.description
        ? []
        : [name],
  );
  return [...own, ...anyOf.flatMap(silentFields)];
}

test('only what is public works without security', () => {
  const open = operations.filter(({ security }) => security.length === 0);
  expect(open.map(({ operationId }) => operationId).toSorted()).toEqual([
    'getApiHealthLive',
    'getApiHealthReady',
    'postApiSession',
  ]);
});

test('the document and the page are for whoever is signed in', async () => {
  for (const [person, status] of [
    ['nobody', 401],
    [{ may: [] }, 200],
  ] as const) {
    const { app } = await testApp({ person, register: () => {} });
    registerApiDocument(app, {
      gate: {
        identify: async () => (person === 'nobody' ? undefined : ({ name: 'ada' } as never)),
      },
      endpoints,
      version: '1.2.3',
    });
    expect((await app.inject('/api/openapi.json')).statusCode).toBe(status);
    expect((await app.inject('/api')).statusCode).toBe(status);
  }
});

test('the page shows text as text, and its style carries the nonce', () => {
  const hostile = endpoint({
    method: 'GET',
    path: '/api/x',
    permission: 'public',
    summary: '<script>alert("x")</script>',
    command: null,
    response: z.void(),
    touches: () => ({ cluster: '*', namespaces: 'some' }),
  });
  const page = apiPage([hostile], 'abc"');
  expect(page).toContain('&#60;script&#62;alert(&#34;x&#34;)');
  expect(page).not.toContain('<script');
  expect(page).toContain('<style nonce="abc&#34;">');
});
