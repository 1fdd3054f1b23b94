import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scanList, scanObject } from './list-scanner.ts';

const cut = (text: string) => {
  const body = Buffer.from(text);
  const { items, ...rest } = scanList(body);
  return {
    ...rest,
    items: items.map(({ start, end, ...item }) => ({
      ...item,
      text: body.toString('utf8', start, end),
    })),
  };
};

test('an item is the bytes as sent: 64-bit integers, spaces and unknown fields survive', () => {
  const item = '{ "metadata" : {"name":"a","x":9007199254740993},  "n": 1.0e5 }';
  const { items } = cut(`{"kind":"List","items":[${item}\n,${item}],"metadata":{}}`);
  expect(items.map(({ text }) => text)).toEqual([item, item]);
});

test('names with escapes are read as the API server means them', () => {
  const { items } = cut(
    String.raw`{"items":[{"metadata":{"n\u0061me":"a\nb\"\u00e9\ud83d\ude00","namespace":"s\/p"}}]}`,
  );
  expect(items[0]).toMatchObject({ name: 'a\nb"é😀', namespace: 's/p' });
});

test('braces and brackets inside of strings end nothing', () => {
  const item = String.raw`{"spec":{"a":"}]{\"}\\"},"metadata":{"name":"}","uid":"]"}}`;
  expect(cut(`{"items":[${item}]}`).items).toEqual([
    { name: '}', namespace: '', uid: ']', hasApiVersion: false, hasKind: false, text: item },
  ]);
});

test('names in a place other than the metadata of the item are not taken for its name', () => {
  const item =
    '{"spec":{"metadata":{"name":"wrong"}},"metadata":{"labels":{"name":"no"},"name":"x"}}';
  expect(cut(`{"items":[${item}]}`).items[0]?.name).toBe('x');
});

test('the continue token is found before and after the items', () => {
  const metadata = '"metadata":{"resourceVersion":"12","continue":"abc","remainingItemCount":3}';
  const expected = { continueToken: 'abc', resourceVersion: '12' };
  expect(cut(`{${metadata},"items":[]}`)).toMatchObject(expected);
  expect(cut(`{"items":null,${metadata}}`)).toMatchObject(expected);
});

test('an object nested a hundred thousand levels deep is cut without running out of stack', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(cut(`{"items":[{"x":${deep},"metadata":{"name":"a"}}]}`).items[0]?.name).toBe('a');
});

test.each([
  '',
  '<html>no such proxy</html>',
  '[]',
  '{"items":[{"metadata":{"name":"a"}}',
  '{"items":[{"metadata":{"name":"a"}}]',
  '{"items":[{"metadata":{"name":"a',
  '{"items":[{"metadata":{"name":"a"}} {}]}',
  '{"items":[1]}',
  '{"items":[{"a":}]}',
  '{"items" []}',
  '{"items":[]} trailing',
])('the body %j is refused as no complete list', (text) => {
  expect(() => cut(text)).toThrow(/not a complete list/);
});

const noise = fc.stringMatching(/^[ \n\r\t]{0,2}$/);
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'a"b',
    'a\\',
    '{',
    ']}',
    'metadata',
    'name',
    '\u0000',
  ),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(hostile, fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.array(fc.tuple(hostile, tie('any')), { maxLength: 4 }).map(Object.fromEntries),
  ),
})).any;
const members = fc.array(
  fc.tuple(fc.oneof(hostile, fc.constantFrom('metadata', 'kind', 'apiVersion')), value),
  { maxLength: 5 },
);
const metadata = fc.record({ name: hostile, namespace: hostile, uid: hostile });

/** Prints JSON by hand: keys may come twice, spaces anywhere, any character as an escape. */
const print = (space: string, escape: boolean) => {
  const text = (content: string) =>
    escape
      ? `"${Array.from({ length: content.length }, (_, at) => `\\u${content.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`
      : JSON.stringify(content);
  const object = (entries: readonly (readonly [string, string])[]) =>
    `{${entries.map(([key, json]) => `${space}${text(key)}${space}:${space}${json}${space}`).join(',')}}`;
  return { text, object };
};

test('whatever JSON comes, the scanner finds what JSON.parse finds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(members, metadata, members), { maxLength: 5 }),
      noise,
      fc.boolean(),
      (objects, space, escape) => {
        const { text, object } = print(space, escape);
        const items = objects.map(([before, meta, after]) =>
          object([
            ...before.map(([key, of]) => [key, JSON.stringify(of)] as const),
            ['metadata', object(Object.entries(meta).map(([key, of]) => [key, text(of)]))],
            ...after
              .filter(([key]) => key !== 'metadata')
              .map(([key, of]) => [key, JSON.stringify(of)] as const),
          ]),
        );
        const found = cut(`${space}{"items":[${items.join(`${space},`)}]}${space}`).items;
        expect(found.map((item) => item.text)).toEqual(items);
        for (const item of found) {
          const parsed = JSON.parse(item.text);
          expect(item).toMatchObject(parsed.metadata);
          expect(item.hasKind).toBe(Object.hasOwn(parsed, 'kind'));
          expect(item.hasApiVersion).toBe(Object.hasOwn(parsed, 'apiVersion'));
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('a single object is read like an item', () => {
  expect(scanObject(Buffer.from(' {"kind":"X","metadata":{"name":"a"}}'))).toMatchObject({
    start: 1,
    name: 'a',
    hasKind: true,
    hasApiVersion: false,
  });
});
