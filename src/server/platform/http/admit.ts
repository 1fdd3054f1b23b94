import type { FastifyRequest } from 'fastify';
import type { Endpoint, Input, Scope } from '#shared/http/endpoint.ts';
import type { Actor } from '../actor.ts';
import type { Exchange } from './exchange.ts';
import type { Gate } from './gate.ts';
import { keyInvalid, permissionMissing, signInNeeded } from './handle.errors.ts';
import type { Repeatable } from './idempotency.ts';
import { parse } from './parse.ts';
import { noTrail, type Trail, trailOf } from './trail.ts';

export type Call<E extends Endpoint> = {
  definition: E;
  request: FastifyRequest;
  gate: Gate;
  exchange: Exchange;
  actor: Actor;
};

/** Whoever has not signed in; only what is public is run for them. */
const nobody: Actor = {
  name: 'nobody',
  session: { user: 'nobody', by: 'password', bindings: [], expiresAt: null },
  may: (permission) => permission === 'public',
  namespacesWith: () => [],
};

/** Finds who asks before the body is read, so that strangers cannot make the server parse anything. */
export function whoAsks(
  gate: Pick<Gate, 'identify'>,
  { permission }: Pick<Endpoint, 'permission'>,
) {
  const known = new WeakMap<FastifyRequest, Actor>();
  return {
    find: async (request: FastifyRequest): Promise<void> => {
      if (permission === 'public') return;
      const actor = await gate.identify(request);
      if (!actor) throw signInNeeded();
      known.set(request, actor);
    },
    of: (request: FastifyRequest): Actor => known.get(request) ?? nobody,
  };
}

/** Parses, then authorises on everything the call touches; a refusal is in the trail before it is said. */
export async function admit<E extends Endpoint>(
  call: Call<E>,
): Promise<{ input: Input<E>; trail: Trail }> {
  const { definition, request, gate, actor } = call;
  const input = parse(definition, request);
  const scope = await definition.touches(input as never, gate.lookup);
  const trail = trailFor(call, scope);
  if (actor.may(definition.permission, scope)) return { input, trail };
  const refusal = permissionMissing(definition.permission);
  await trail.refused(refusal.problem.code);
  throw refusal;
}

function trailFor<E extends Endpoint>({ definition, ...call }: Call<E>, scope: Scope): Trail {
  const { method, path, reads } = definition;
  if (method === 'GET' || reads) return noTrail;
  return trailOf({
    gate: call.gate,
    about: {
      action: `${method} ${path}`,
      cluster: scope.cluster === '*' ? null : scope.cluster,
      target: { ...(call.request.params as Record<string, string>) },
    },
    actor: () => call.exchange.user ?? call.actor.name,
  });
}

/** Undefined for a call that carries no key, or that no key can make repeatable. */
export function repeatedBy<E extends Endpoint>(
  { definition, request, actor }: Call<E>,
  input: Input<E>,
): Repeatable | undefined {
  const key = request.headers['idempotency-key'];
  const { method, path, permission, shownOnce, reads } = definition;
  if (key === undefined || method === 'GET' || reads || permission === 'public') return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) throw keyInvalid();
  const sent: object = input;
  return {
    actor: actor.name,
    key,
    request: { method, path, ...sent },
    shownOnce: shownOnce === true,
  };
}
