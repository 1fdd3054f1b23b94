import * as z from 'zod/mini';

/**
 * A copy of the schema with what a person should know of the field: one line without a full stop, shown
 * by `lifeboat … --help` and in the OpenAPI document. Every field and parameter of a request has one. A
 * copy, for a schema that several fields share would say of all of them what the last one says.
 */
export function described<T extends z.ZodMiniType>(schema: T, description: string): T {
  // Without the definition zod ties the copy to its original, with whatever is said of that.
  const copy = z.clone(schema, schema.def);
  z.globalRegistry.add(copy, { description });
  return copy;
}
