import * as z from 'zod/mini';

/**
 * The schema with what a person should know of the field: one line without a full stop, shown by
 * `lifeboat … --help` and in the OpenAPI document. Every field and parameter of a request has one.
 */
export function described<T extends z.ZodMiniType>(schema: T, description: string): T {
  z.globalRegistry.add(schema, { description });
  return schema;
}
