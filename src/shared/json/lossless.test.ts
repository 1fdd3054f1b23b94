import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cloneJson, parseJson, parseJsonObject, printCanonically, printJson } from './lossless.ts';

test.each([
  '9007199254740993',
  '-9223372036854775808',
  '18446744073709551615',
  '1.0',
  '1e3',
  '-0',
  '0.1',
  '123456789012345678901234567890.5',
])('the number %s is printed as it came', (number) => {
  for (const text of [number, `{"a":${number}}`, `[1,${number}]`, `{"a":{"b":[${number}]}}`])
    expect(printJson(cloneJson(parseJson(text)))).toBe(text);
});

test.each([
  '{"a":"9007199254740993"}',
  '{"a":"1.0, 2.0"}',
  '{"__proto__":{"x":1},"constructor":2}',
])('what only looks like a lossy number stays text: %s', (text) =>
  expect(printJson(cloneJson(parseJson(text)))).toBe(text),
);

test('a document a thousand levels deep survives', () => {
  const text = `${'{"a":'.repeat(1000)}9007199254740993${'}'.repeat(1000)}`;
  expect(printJson(cloneJson(parseJson(text)))).toBe(text);
});

test('any document of 64-bit integers, texts and nesting is printed as it came', () => {
  const number = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }).map(String);
  const { text } = fc.letrec<{ text: string }>((tie) => ({
    text: fc.oneof(
      { maxDepth: 4 },
      number,
      fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value)),
      fc.constantFrom('null', 'true', 'false'),
      fc.array(tie('text')).map((items) => `[${items.join(',')}]`),
      fc
        .uniqueArray(fc.string().filter((key) => !/^\d+$/.test(key)))
        .chain((keys) =>
          fc
            .array(tie('text'), { minLength: keys.length, maxLength: keys.length })
            .map(
              (values) =>
                `{${keys.map((key, at) => `${JSON.stringify(key)}:${values[at]}`).join(',')}}`,
            ),
        ),
    ),
  }));
  fc.assert(
    fc.property(text, (given) => {
      expect(printJson(cloneJson(parseJson(given)))).toBe(given);
    }),
  );
});

test('the order of keys does not matter to the canonical text', () => {
  const one = parseJson('{"b":[1,{"d":9007199254740993,"c":null}],"a":"x"}');
  const other = parseJson('{"a":"x","b":[1,{"c":null,"d":9007199254740993}]}');
  expect(printCanonically(one)).toBe(printCanonically(other));
  expect(printCanonically(one)).toContain('9007199254740993');
});

test.each(['[]', '1', '"text"', 'null'])('%s is not taken for an object', (text) =>
  expect(() => parseJsonObject(text)).toThrow(SyntaxError),
);
