import * as z from 'zod/mini';
import { kebab } from '#shared/words/words.models.ts';

/**
 * How the value of a flag is written. `document`: a long text, given by the path of its file;
 * `textOrJson`: a text, or an object that begins with a brace.
 */
export type FlagKind =
  | 'text'
  | 'textOrJson'
  | 'document'
  | 'number'
  | 'boolean'
  | 'list'
  | 'record'
  | 'json';

export type Flag = {
  /** Without the dashes: `label-selector`. */
  name: string;
  part: 'query' | 'body';
  /** Where the value goes: `['s3', 'bucket']`. */
  path: readonly string[];
  kind: FlagKind;
  choices: readonly string[];
  /** What the contract says of the field; '' when it says nothing. */
  description: string;
  required: boolean;
  fallback: unknown;
  /** Never shown, and also taken from a file or from standard input. */
  secret: boolean;
};

/** The part of JSON Schema that request schemas use. */
type Schema = {
  type?: unknown;
  description?: string | undefined;
  enum?: unknown[] | undefined;
  properties?: Record<string, unknown> | undefined;
  required?: string[] | undefined;
  items?: unknown;
  anyOf?: unknown[] | undefined;
  default?: unknown;
  maxLength?: number | undefined;
  additionalProperties?: unknown;
};

/** Texts that may be this long are documents, and documents are given as files. */
const documentLength = 100_000;
const secretField = /password|secret.*key$/i;

/** One flag per field of a request schema; the fields of a nested object get its name before theirs. */
export function flagsOf(part: Flag['part'], schema: z.ZodMiniType | undefined): Flag[] {
  if (schema === undefined) return [];
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return flagsOfObject(json as Schema, { part, path: [], required: true });
}

type Place = Pick<Flag, 'part' | 'path' | 'required'>;

function flagsOfObject(schema: Schema, { part, path, required }: Place): Flag[] {
  return Object.entries(schema.properties ?? {}).flatMap(([field, inner]) => {
    const place = {
      part,
      path: [...path, field],
      required: required && (schema.required ?? []).includes(field),
    };
    const value = withoutNull(inner as Schema);
    return value.properties === undefined ? [flagOf(value, place)] : flagsOfObject(value, place);
  });
}

function flagOf(schema: Schema, place: Place): Flag {
  const field = place.path.at(-1) ?? '';
  return {
    ...place,
    name: place.path.map(kebab).join('-'),
    kind: kindOf(schema),
    choices: (schema.enum ?? []).filter((choice) => typeof choice === 'string'),
    description: schema.description ?? '',
    fallback: schema.default,
    secret: secretField.test(field),
  };
}

function kindOf(schema: Schema): FlagKind {
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'boolean') return 'boolean';
  if (schema.type === 'array') return (schema.items as Schema).type === 'string' ? 'list' : 'json';
  if (schema.type === 'object') return 'record';
  if (schema.anyOf?.some((one) => (one as Schema).type === 'string')) return 'textOrJson';
  if (schema.type !== 'string') return 'json';
  return (schema.maxLength ?? 0) >= documentLength ? 'document' : 'text';
}

/** `until: string or null` is written as a string; null is its absence. */
function withoutNull(schema: Schema): Schema {
  if (Array.isArray(schema.type))
    return { ...schema, type: schema.type.find((one) => one !== 'null') };
  const options = (schema.anyOf ?? []) as Schema[];
  const rest = options.filter(({ type }) => type !== 'null');
  const [only] = rest;
  if (only === undefined || rest.length > 1) return schema;
  return { ...only, default: schema.default, description: schema.description };
}

/** What the contract says of each field of a schema, by its name. */
export function descriptionsOf(schema: z.ZodMiniType | undefined): Map<string, string> {
  const json = schema && z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const properties = Object.entries((json as Schema | undefined)?.properties ?? {});
  return new Map(properties.map(([name, inner]) => [name, (inner as Schema).description ?? '']));
}
