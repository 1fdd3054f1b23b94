import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Endpoint, Input } from '#shared/http/endpoint.ts';
import type { Actor } from '../actor.ts';
import { admit, whoAsks } from './admit.ts';
import { exchangeOf } from './exchange.ts';
import type { Gate } from './gate.ts';

/** An open answer that the handler writes to from now on, until one side ends it. */
export type EventStream = {
  /** Its status line and headers are not sent yet; `headers` must go with them. */
  response: ServerResponse;
  headers: Record<string, number | string | string[] | undefined>;
  /** Where the reader stopped the last time. */
  lastEventId: string | undefined;
  /** Who it is by now; undefined when the session ended or the token was revoked. */
  again: () => Promise<Actor | undefined>;
};

export type HandleEvents = <E extends Endpoint>(
  definition: E,
  open: (input: Input<E>, actor: Actor, stream: EventStream) => void,
) => void;

/** Mounts an endpoint of the kind `events`. What `open` throws before it wrote anything is a problem answer. */
export function createHandleEvents(app: FastifyInstance, gate: Gate): HandleEvents {
  return (definition, open) => {
    const who = whoAsks(gate, definition);
    app.route({
      method: definition.method,
      url: definition.path,
      onRequest: async (request) => who.find(request),
      handler: async (request, reply) => {
        const actor = who.of(request);
        const exchange = exchangeOf({ request, reply, cookie: gate.cookie });
        const { input } = await admit({ definition, request, gate, exchange, actor });
        open(input, actor, {
          response: reply.raw,
          headers: reply.getHeaders(),
          lastEventId: firstOf(request.headers['last-event-id']),
          again: () => gate.identify(request, 'check'),
        });
        reply.hijack();
      },
    });
  };
}

const firstOf = (header: string | string[] | undefined) =>
  Array.isArray(header) ? header[0] : header;
