import * as z from 'zod/mini';
import type { Endpoint } from '#shared/http/endpoint.ts';

type Json = Record<string, unknown>;

const problem = z.object({
  code: z.string(),
  status: z.int(),
  title: z.string(),
  detail: z.string(),
});

/** OpenAPI 3.1 of everything in the contract; what is not in there has no route either. */
export function openapiOf(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const at of endpoints) {
    const path = at.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [at.method.toLowerCase()]: operation(at) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Lifeboat', version },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token (lb_…).' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-lifeboat' },
      },
    },
  };
}

function operation(at: Endpoint): Json {
  const open = at.permission === 'public';
  return {
    operationId: operationId(at),
    summary: at.summary,
    description: open ? 'Needs no sign-in.' : `Needs the permission \`${at.permission}\`.`,
    tags: [tagOf(at)],
    security: open ? [] : [{ token: [] }, { session: [] }],
    parameters: parametersOf(at),
    ...(at.body && {
      requestBody: { required: true, content: json(schemaOf(at.body, 'input')) },
    }),
    responses: {
      [String(at.status ?? 200)]: success(at),
      default: {
        description: 'What happened, what was kept, and what to do.',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    },
  };
}

const types = { events: 'text/event-stream', text: 'text/plain', metrics: 'text/plain' } as const;

function success(at: Endpoint): Json {
  if (at.status === 204) return { description: 'Done.' };
  const schema = schemaOf(at.response, 'output');
  const description = at.status === 202 ? 'Accepted; the run goes on.' : 'The answer.';
  return { description, content: at.stream ? { [types[at.stream]]: { schema } } : json(schema) };
}

function parametersOf(at: Endpoint): Json[] {
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'The same key with the same request happens once; kept for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  };
  const repeatable = at.method !== 'GET' && at.permission !== 'public';
  return [
    ...parameters(at.params, 'path'),
    ...parameters(at.query, 'query'),
    ...(repeatable ? [key] : []),
  ];
}

function parameters(schema: z.ZodMiniType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...one }]) => ({
    name,
    in: place,
    description,
    required: place === 'path' || required.includes(name),
    schema: one,
  }));
}

const json = (schema: Json) => ({ 'application/json': { schema } });

/** What cannot be said in JSON Schema (a transformation) is left open rather than left out. */
function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const {
    $schema: _,
    '~standard': __,
    ...rest
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}

const tagOf = ({ path }: Endpoint) =>
  path
    .replace(/^\/(api\/)?/, '')
    .split('/')
    .filter((part) => part !== '' && !part.startsWith(':'))
    .slice(path.includes('/clusters/:cluster/') ? 1 : 0)[0] ?? 'api';

const operationId = ({ method, path }: Endpoint) =>
  `${method.toLowerCase()}${path.replace(/[/:]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
