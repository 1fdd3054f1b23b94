import type { FastifyInstance } from 'fastify';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { whoAsks } from './admit.ts';
import { apiPage } from './api-page.models.ts';
import type { Gate } from './gate.ts';
import { openapiOf } from './openapi.models.ts';

type Given = { gate: Pick<Gate, 'identify'>; endpoints: readonly Endpoint[]; version: string };

/** The contract to read, for whoever is signed in: /api for people, /api/openapi.json for tools. */
export function registerApiDocument(app: FastifyInstance, given: Given): void {
  const who = whoAsks(given.gate, { permission: 'session:use' });
  const onRequest = (request: Parameters<typeof who.find>[0]) => who.find(request);
  let document: Record<string, unknown> | undefined;

  app.get('/api/openapi.json', { onRequest }, () => {
    document ??= openapiOf(given.endpoints, given.version);
    return document;
  });
  app.get('/api', { onRequest }, (_, reply) =>
    reply.type('text/html; charset=utf-8').send(apiPage(given.endpoints, reply.cspNonce.style)),
  );
}
