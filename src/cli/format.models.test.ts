import { expect, test } from 'vitest';
import { fields, moment, table } from './format.models.ts';

const now = Temporal.Instant.from('2026-11-23T12:00:00Z');

test('a time is told relative and absolute, past and to come', () => {
  expect(moment('2026-11-23T11:48:00Z', now)).toBe('12 min ago (2026-11-23 11:48:00Z)');
  expect(moment('2026-11-30T12:00:00Z', now)).toBe('in 7 d (2026-11-30 12:00:00Z)');
  expect(moment('2026-11-23T12:00:00Z', now)).toBe('now (2026-11-23 12:00:00Z)');
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
