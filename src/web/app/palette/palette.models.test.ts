import { expect, test } from 'vitest';
import { type Entry, found, moved } from './palette.models.ts';

const entry = (label: string, hint = 'Page'): Entry => ({
  id: label,
  label,
  hint,
  act: () => undefined,
});
const labels = (typed: string) =>
  found(
    [entry('Backups'), entry('Back up now', 'Act'), entry('nightly-back', 'Backup')],
    typed,
  ).map(({ label }) => label);

test('every typed word must occur, in the label or in what kind of thing it is', () => {
  expect(labels('nightly backup')).toEqual(['nightly-back']);
  expect(labels('act up')).toEqual(['Back up now']);
  expect(labels('zzz')).toEqual([]);
});

test('what begins with the typed word comes first', () => {
  expect(labels('back')).toEqual(['Backups', 'Back up now', 'nightly-back']);
  expect(labels('nightly')[0]).toBe('nightly-back');
  expect(labels('back up')).toEqual(['Back up now', 'Backups', 'nightly-back']);
});

test('the mark goes round, and nowhere in an empty list', () => {
  expect([moved(2, 1, 3), moved(0, -1, 3), moved(0, 1, 0)]).toEqual([0, 2, 0]);
});
