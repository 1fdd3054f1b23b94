/**
 * JSON whose numbers survive reading and printing. A Kubernetes integer has 64 bits, a double holds
 * 53: such numbers are kept as their text (`JSON.rawJSON`) and printed as they came.
 */
export type Json = null | boolean | number | string | RawNumber | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };
/** A number that a double would change: its text as sent. (An interface, so that it is no JsonObject.) */
export interface RawNumber {
  readonly rawJSON: string;
}

declare global {
  interface JSON {
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
    ): Json;
  }
}

/**
 * A number outside of strings that needs a look: a fraction, an exponent, a minus zero, or 16 digits
 * and more. Reading with a reviver is several times slower, so most texts are spared it.
 */
const mayLose = /[[:,\s]-?(?:\d{16}|\d+[.eE]|0(?<=-0))/;

/** Throws a SyntaxError when the text is not JSON. Of keys given twice the last one counts. */
export function parseJson(text: string): Json {
  if (!mayLose.test(text) && !/^-?\d/.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? JSON.rawJSON(source)
      : value,
  );
}

/** Throws a SyntaxError when the text is not a JSON object. */
export function parseJsonObject(text: string): JsonObject {
  const value = parseJson(text);
  if (!isObject(value)) throw new SyntaxError('The text is not a JSON object.');
  return value;
}

export const printJson = (value: Json): string => JSON.stringify(value);

/** The same text for the same value, whatever the order of its keys. */
export function printCanonically(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(printCanonically).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${printCanonically(value[key] ?? null)}`);
  return `{${fields.join(',')}}`;
}

export const isRaw = (value: unknown): value is RawNumber => JSON.isRawJSON(value);

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isRaw(value);

/** A copy that shares nothing with the original. */
export function cloneJson<T extends Json>(value: T): T;
export function cloneJson(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => cloneJson(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cloneJson(item)]));
}
