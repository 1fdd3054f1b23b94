import { expect, test } from 'vitest';
import { count, fields, moment, size, span, table } from './format.models.ts';

const now = Temporal.Instant.from('2026-11-23T12:00:00Z');

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

test('a time is told relative and absolute, past and to come', () => {
  expect(moment('2026-11-23T11:48:00Z', now)).toBe('12 min ago (2026-11-23 11:48:00Z)');
  expect(moment('2026-11-30T12:00:00Z', now)).toBe('in 7 d (2026-11-30 12:00:00Z)');
  expect(moment('2026-11-23T12:00:00Z', now)).toBe('now (2026-11-23 12:00:00Z)');
});

test('counts carry their noun in the right number', () => {
  expect([count(1, 'object'), count(0, 'object'), count(1500, 'entry')]).toEqual([
    '1 object',
    '0 objects',
    '1,500 entries',
  ]);
});

test('columns line up, figures to the right', () => {
  const rows = [
    { name: 'a', n: 5 },
    { name: 'long', n: 1200 },
  ];
  const text = table(rows, [
    { title: 'NAME', of: ({ name }) => name },
    { title: 'N', of: ({ n }) => String(n), right: true },
  ]);
  expect(text).toBe('NAME     N\na        5\nlong  1200\n');
});

test('a field without a value is left out', () => {
  expect(
    fields([
      ['Name', 'x'],
      ['Problem', null],
    ]),
  ).toBe('Name: x\n');
});
