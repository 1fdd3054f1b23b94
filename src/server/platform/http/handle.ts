import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Endpoint, Input, Result } from '#shared/http/endpoint.ts';
import type { Actor } from '../actor.ts';
import { admit, type Call, repeatedBy, whoAsks } from './admit.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import type { Gate } from './gate.ts';
import type { Answer } from './idempotency.ts';
import { checkedAnswer } from './parse.ts';
import { roomFor } from './room.ts';

export type { Gate } from './gate.ts';

/** What a feature does with a call. Most need only the input; few look at the exchange. */
export type Run<E extends Endpoint> = (
  input: Input<E>,
  actor: Actor,
  exchange: Exchange,
) => Promise<Result<E>>;

/** Mounts one endpoint. Features see only this: no request, no reply, no framework. */
export type Handle = <E extends Endpoint>(definition: E, run: Run<E>) => void;

const contentTypes = {
  text: 'text/plain; charset=utf-8',
  metrics: 'text/plain; version=0.0.4; charset=utf-8',
  events: 'text/event-stream; charset=utf-8',
} as const;

/**
 * Identify (before the body is read), parse, authorise on what is touched, write the intent of a mutation,
 * run it, write its outcome, check the answer. With an Idempotency-Key a mutation happens once.
 */
export function createHandle(app: FastifyInstance, gate: Gate): Handle {
  return (definition, run) => {
    const who = whoAsks(gate, definition);
    app.route({
      method: definition.method,
      url: definition.path,
      onRequest: async (request) => who.find(request),
      handler: async (request, reply) => {
        const exchange = exchangeOf({ request, reply, cookie: gate.cookie });
        const call: Call<typeof definition> = {
          definition,
          request,
          gate,
          exchange,
          actor: who.of(request),
        };
        const answer = await serve(call, run);
        return send(reply, definition, answer);
      },
    });
  };
}

async function serve<E extends Endpoint>(call: Call<E>, run: Run<E>): Promise<Answer> {
  const { definition, gate, actor, exchange } = call;
  const { input, trail } = await admit(call);
  await roomFor(definition, gate.reserve);
  const act = async (): Promise<Answer> => {
    const result = await trail.around(() => run(input, actor, exchange));
    return {
      status: definition.status ?? 200,
      body: checkedAnswer(definition, result),
      replayed: false,
    };
  };
  const repeated = repeatedBy(call, input);
  return repeated ? await gate.idempotency.once(repeated, act) : await act();
}

function send(reply: FastifyReply, { stream }: Endpoint, { status, body, replayed }: Answer) {
  if (replayed) reply.header('idempotent-replayed', 'true');
  if (stream) reply.type(contentTypes[stream]);
  return reply.code(status).send(body);
}
