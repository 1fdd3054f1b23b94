import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../json/lossless.ts';
import { diffJson, hiddenValue, hideValues } from './diff.models.ts';

const diff = (before: string, after: string) => diffJson(parseJson(before), parseJson(after));

test('a difference names the deepest value that differs', () => {
  expect(diff('{"a":{"b":[1,2]},"c":"x"}', '{"a":{"b":[1,3]},"c":"x"}')).toEqual([
    { path: '/a/b/1', before: '2', after: '3' },
  ]);
});

test('what was added or removed is null on the other side', () => {
  expect(diff('{"gone":1}', '{"new":null}')).toEqual([
    { path: '/gone', before: '1', after: null },
    { path: '/new', before: null, after: 'null' },
  ]);
  expect(diff('[1]', '[1,{"x":2}]')).toEqual([{ path: '/1', before: null, after: '{"x":2}' }]);
});

test('integers of 64 bits that a double would confuse are told apart', () => {
  expect(diff('{"n":9007199254740993}', '{"n":9007199254740992}')).toEqual([
    { path: '/n', before: '9007199254740993', after: '9007199254740992' },
  ]);
});

test.each([
  ['a/b', '/a~1b'],
  ['a~b', '/a~0b'],
  ['', '/'],
  ['constructor', '/constructor'],
  ['__proto__', '/__proto__'],
])('the key %j is the pointer %s', (key, path) => {
  const before = parseJson('{}');
  const after = parseJson(`{${JSON.stringify(key)}:1}`);
  expect(diffJson(before, after)).toEqual([{ path, before: null, after: '1' }]);
});

test('the order of keys is no difference, and equal documents have none', () => {
  expect(diff('{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}')).toEqual([]);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(diff(text, text)).toEqual([]);
    }),
  );
});

test('hidden changes keep the names of keys and say nothing of values', () => {
  const changes = hideValues(diff('{"data":{"a":"c2VjcmV0"}}', '{"data":{"b":"c2VjcmV0"}}'));
  expect(changes).toEqual([
    { path: '/data/a', before: hiddenValue, after: null },
    { path: '/data/b', before: null, after: hiddenValue },
  ]);
});
