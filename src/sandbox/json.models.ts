/** JSON as the API server keeps it: integers up to 64 bits are exact, text is printed as Go does. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [field: string]: Json };

/** Not yet in TypeScript's library (ECMAScript 2026). */
type RawJson = {
  rawJSON: (text: string) => JsonObject;
  isRawJSON: (value: unknown) => boolean;
  parse: (
    text: string,
    revive: (key: string, value: Json, at: { source?: string }) => Json,
  ) => Json;
};
const raw = JSON as unknown as RawJson;

const longDigits = /\d{16,}/;
const integer = /^-?\d+$/;
const largest = 2n ** 63n - 1n;
const smallest = -(2n ** 63n);

/** Parses without rounding 64-bit integers. Throws `SyntaxError` as JSON.parse does. */
export function parseJson(text: string): Json {
  if (!longDigits.test(text)) return JSON.parse(text) as Json;
  return raw.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && mustStayExact(value, source)
      ? raw.rawJSON(source)
      : value,
  );
}

/** Beyond 64 bits Go falls back to a float, so do we. */
function mustStayExact(value: number, source: string): boolean {
  if (Number.isSafeInteger(value) || !integer.test(source)) return false;
  const exact = BigInt(source);
  return exact <= largest && exact >= smallest;
}

const escapes: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};
const special = /[<>&\u2028\u2029]/;
const everySpecial = /[<>&\u2028\u2029]/g;

/** Prints as Go's encoding/json: no spaces, and the characters that HTML minds escaped. */
export function printJson(value: unknown): string {
  const text = JSON.stringify(value);
  return special.test(text) ? text.replace(everySpecial, (found) => escapes[found] ?? found) : text;
}

/** False for lists, null and exact integers. */
export function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !raw.isRawJSON(value)
  );
}

/** The value at a path of fields, or undefined. */
export function at(value: Json | undefined, ...path: string[]): Json | undefined {
  let here = value;
  for (const field of path) here = isObject(here) ? here[field] : undefined;
  return here;
}

export function textAt(value: Json | undefined, ...path: string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

export function listAt(value: Json | undefined, ...path: string[]): Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function objectAt(value: Json | undefined, ...path: string[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

export function numberAt(value: Json | undefined, ...path: string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** Equal as data, whatever the order of fields. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return printJson(sorted(a ?? null)) === printJson(sorted(b ?? null));
}

/** Fields in bytewise order at every level, as Go prints maps. */
export function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const fields = Object.keys(value).toSorted();
  return Object.fromEntries(fields.map((field) => [field, sorted(value[field] ?? null)]));
}

export function cloneJson<T extends Json>(value: T): T {
  return parseJson(JSON.stringify(value)) as T;
}
