import { expect, test } from 'vitest';
import { count, size, span } from './format.models.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1,023 bytes'],
  [1024, '1.0 KiB'],
  [1536, '1.5 KiB'],
  [20 * 1024, '20 KiB'],
  [5.2 * 1024 ** 2, '5.2 MiB'],
  [3 * 1024 ** 3, '3.0 GiB'],
  [9000 * 1024 ** 4, '9000 TiB'],
])('%d bytes are written as %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});

test.each([
  [12, '12 ms'],
  [-3, '0 ms'],
  [61_000, '1 min'],
  [7_300_000, '2 h'],
  [200_000_000, '2 d'],
])('%d ms last %s', (milliseconds, text) => {
  expect(span(milliseconds)).toBe(text);
});

test('counts carry their noun in the right number', () => {
  expect([count(1, 'object'), count(0, 'object'), count(1500, 'entry')]).toEqual([
    '1 object',
    '0 objects',
    '1,500 entries',
  ]);
});
