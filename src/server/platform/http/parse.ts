import type { FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import type { Endpoint, Input } from '#shared/http/endpoint.ts';
import { broken } from '../problems.errors.ts';
import { fieldsUnknown, requestInvalid } from './handle.errors.ts';
import { unknownFields } from './unknown-fields.models.ts';

type Sent = Pick<FastifyRequest, 'params' | 'query' | 'body'>;

/** Everything of the request that the endpoint declares; throws `request.invalid` for the rest. */
export function parse<E extends Endpoint>(definition: E, { params, query, body }: Sent): Input<E> {
  const input = {
    params: part(definition.params, params),
    query: definition.query && part(definition.query, query),
    body: part(definition.body, body === undefined && definition.body ? {} : body),
  };
  // The contract ties these schemas to Input<E>; the compiler cannot follow that through the union.
  return input as unknown as Input<E>;
}

function part(schema: z.ZodMiniType | undefined, sent: unknown): unknown {
  if (schema === undefined) {
    refuseUnknown(unknownFields(sent, {}));
    return undefined;
  }
  const parsed = schema.safeParse(sent);
  if (!parsed.success) throw requestInvalid(parsed.error);
  refuseUnknown(unknownFields(sent, parsed.data));
  return parsed.data;
}

function refuseUnknown(fields: readonly string[]): void {
  if (fields.length > 0) throw fieldsUnknown(fields);
}

/** A field that is not declared never leaves the server; an answer that does not fit is our fault. */
export function checkedAnswer(definition: Endpoint, result: unknown): unknown {
  const checked = definition.response.safeParse(result);
  if (!checked.success) throw broken(checked.error);
  return checked.data;
}
