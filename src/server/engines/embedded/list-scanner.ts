import { bodyBroken } from './capture.errors.ts';

/** One object as it lies in the body: `start` is its opening brace, `end` the byte after its last. */
export type ScannedItem = {
  start: number;
  end: number;
  name: string;
  /** `''`: cluster-scoped. */
  namespace: string;
  uid: string;
  hasApiVersion: boolean;
  hasKind: boolean;
};

export type ScannedList = {
  items: ScannedItem[];
  /** `''` on the last page. */
  continueToken: string;
  resourceVersion: string;
};

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * Cuts the body of a list into its items without parsing and printing them again, so that 64-bit
 * integers and unknown fields survive. Where a key appears twice the last one counts, as in
 * `JSON.parse`. Throws `capture.body_broken` when the body ends early or is no list.
 */
export function scanList(body: Buffer): ScannedList {
  const list: ScannedList = { items: [], continueToken: '', resourceVersion: '' };
  const end = eachMember(body, skipSpace(body, 0), (key, at) => {
    if (key === 'items') return scanItems(body, at, list);
    if (key === 'metadata') return scanListMetadata(body, at, list);
    return skipValue(body, at);
  });
  if (skipSpace(body, end) !== body.length) throw bodyBroken(end);
  return list;
}

/** The same for a body that is one object. */
export function scanObject(body: Buffer): ScannedItem {
  return scanItem(body, skipSpace(body, 0));
}

function scanItems(body: Buffer, at: number, list: ScannedList): number {
  list.items = [];
  if (body[at] !== openBracket) return skipValue(body, at); // Go prints an empty slice as null
  let next = skipSpace(body, at + 1);
  if (body[next] === closeBracket) return next + 1;
  for (;;) {
    const item = scanItem(body, next);
    list.items.push(item);
    next = skipSpace(body, item.end);
    if (body[next] === closeBracket) return next + 1;
    if (body[next] !== comma) throw bodyBroken(next);
    next = skipSpace(body, next + 1);
  }
}

function scanListMetadata(body: Buffer, start: number, list: ScannedList): number {
  list.continueToken = '';
  list.resourceVersion = '';
  if (body[start] !== openBrace) return skipValue(body, start);
  return eachMember(body, start, (key, at) => {
    const end = skipValue(body, at);
    if (key === 'continue') list.continueToken = textAt(body, at, end);
    if (key === 'resourceVersion') list.resourceVersion = textAt(body, at, end);
    return end;
  });
}

function scanItem(body: Buffer, start: number): ScannedItem {
  const item: ScannedItem = {
    start,
    end: start,
    name: '',
    namespace: '',
    uid: '',
    hasApiVersion: false,
    hasKind: false,
  };
  item.end = eachMember(body, start, (key, at) => {
    if (key === 'metadata') return scanMetadata(body, at, item);
    if (key === 'apiVersion') item.hasApiVersion = true;
    if (key === 'kind') item.hasKind = true;
    return skipValue(body, at);
  });
  return item;
}

function scanMetadata(body: Buffer, start: number, item: ScannedItem): number {
  item.name = '';
  item.namespace = '';
  item.uid = '';
  if (body[start] !== openBrace) return skipValue(body, start);
  return eachMember(body, start, (key, at) => {
    const end = skipValue(body, at);
    if (key === 'name') item.name = textAt(body, at, end);
    else if (key === 'namespace') item.namespace = textAt(body, at, end);
    else if (key === 'uid') item.uid = textAt(body, at, end);
    return end;
  });
}

/** Calls `onMember` with each key and where its value begins; it answers where the value ends. */
function eachMember(
  body: Buffer,
  start: number,
  onMember: (key: string, at: number) => number,
): number {
  if (body[start] !== openBrace) throw bodyBroken(start);
  let at = skipSpace(body, start + 1);
  if (body[at] === closeBrace) return at + 1;
  for (;;) {
    if (body[at] !== quote) throw bodyBroken(at);
    const keyEnd = skipString(body, at);
    const separator = skipSpace(body, keyEnd);
    if (body[separator] !== colon) throw bodyBroken(separator);
    const valueAt = skipSpace(body, separator + 1);
    const next = skipSpace(body, onMember(textAt(body, at, keyEnd), valueAt));
    if (body[next] === closeBrace) return next + 1;
    if (body[next] !== comma) throw bodyBroken(next);
    at = skipSpace(body, next + 1);
  }
}

function skipSpace(body: Buffer, start: number): number {
  let at = start;
  while (body[at] === 0x20 || body[at] === 0x0a || body[at] === 0x0d || body[at] === 0x09) at += 1;
  return at;
}

function skipValue(body: Buffer, start: number): number {
  const first = body[start];
  if (first === quote) return skipString(body, start);
  if (first === openBrace || first === openBracket) return skipNested(body, start);
  return skipScalar(body, start);
}

/** Counts brackets instead of recursing: a body nested a million deep costs no stack. */
function skipNested(body: Buffer, start: number): number {
  const { length } = body;
  let depth = 0;
  for (let at = start; at < length; at += 1) {
    const byte = body[at];
    if (byte === quote) at = skipString(body, at) - 1;
    else if (byte === openBrace || byte === openBracket) depth += 1;
    else if (byte === closeBrace || byte === closeBracket) depth -= 1;
    if (depth === 0) return at + 1;
  }
  throw bodyBroken(length);
}

function skipString(body: Buffer, start: number): number {
  const { length } = body;
  for (let at = start + 1; at < length; at += 1) {
    const byte = body[at];
    if (byte === quote) return at + 1;
    if (byte === backslash) at += 1;
  }
  throw bodyBroken(length);
}

function skipScalar(body: Buffer, start: number): number {
  let at = start;
  for (; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte <= 0x20 || byte === comma || byte === closeBrace || byte === closeBracket) break;
  }
  if (at === start) throw bodyBroken(at);
  return at;
}

/** `''` for what is not a string. */
function textAt(body: Buffer, start: number, end: number): string {
  if (body[start] !== quote) return '';
  for (let at = start + 1; at < end; at += 1) {
    if (body[at] === backslash) return decoded(body, start, end);
  }
  return body.toString('utf8', start + 1, end - 1);
}

function decoded(body: Buffer, start: number, end: number): string {
  try {
    return String(JSON.parse(body.toString('utf8', start, end)));
  } catch (error) {
    throw bodyBroken(start, error);
  }
}
