import { expect, test } from 'vitest';
import { isFault, timetableOf } from '../timetable.models.ts';
import { keptUntil } from './kept-until.models.ts';
import { policyOf, type RetentionWritten } from './policy.models.ts';
import type { RetentionPoint } from './retention.types.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const point = (over: Partial<RetentionPoint> = {}): RetentionPoint => ({
  id: 'mine',
  at: Date.parse('2026-11-24T02:00:00Z'),
  state: 'completed',
  isVerified: true,
  isPinned: false,
  isInUse: false,
  ...over,
});

function until(retention: RetentionWritten, over: Partial<RetentionPoint> = {}): string | null {
  const timetable = timetableOf({ frequency: '0 2 * * *', timezone: 'UTC' }, now);
  const policy = policyOf(retention);
  if (isFault(timetable) || policy === null) throw new Error('not a policy');
  const found = keptUntil({ points: [point(over)], policy, timetable, now, id: 'mine' });
  return found === null ? null : new Date(found).toISOString().slice(0, 10);
}

test('a backup of a week goes when a newer one is a week younger', () => {
  expect(until('7d')).toBe('2026-12-01');
});

test('the newest of a month stays longer than that of a day', () => {
  expect(until({ daily: 3 })).toBe('2026-11-27');
  expect(until({ monthly: 2 })).toBe('2026-12-01');
});

test('a pinned one stays', () => {
  expect(until('7d', { isPinned: true })).toBeNull();
});
