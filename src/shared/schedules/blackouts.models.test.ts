import { expect, test } from 'vitest';
import { closedAt, closedBetween, isForEver } from './blackouts.models.ts';
import { weekdays } from './window.models.ts';

const at = (clock: string, day = '2026-11-24') => Date.parse(`${day}T${clock}:00Z`);
const range = { from: at('00:00'), until: at('00:00', '2026-12-02') };
const blackout = (from: string, to: string, reason: string) => ({
  days: [...weekdays],
  from,
  to,
  reason,
  timezone: 'UTC',
});

test('blackouts that follow each other without a gap are one, with the reason of the first', () => {
  const closed = closedBetween(
    [blackout('02:00', '04:00', 'a copy'), blackout('01:00', '02:00', 'a release')],
    range,
  );
  expect(closedAt(closed, at('01:30'))).toMatchObject({ until: at('04:00'), reason: 'a release' });
  expect(closedAt(closed, at('04:00'))).toBeNull();
  expect(closedAt(closed, at('00:59'))).toBeNull();
});

test('those that lie within each other are one, as long as the longest', () => {
  const closed = closedBetween(
    [
      blackout('01:00', '05:00', 'a release'),
      blackout('02:00', '03:00', 'a copy'),
      blackout('04:00', '06:00', 'a test'),
    ],
    { from: at('00:00'), until: at('12:00') },
  );
  expect(closed).toEqual([{ from: at('01:00'), until: at('06:00'), reason: 'a release' }]);
});

test('among thousands of stretches the one that closes an instant is found', () => {
  const closed = Array.from({ length: 5000 }, (_, n) => ({
    from: n * 10,
    until: n * 10 + 4,
    reason: String(n),
  }));
  const found = (instant: number) => closedAt(closed, instant)?.reason ?? null;
  expect([-1, 0, 3, 4, 9, 10, 25_003, 25_004, 49_993, 49_994].map(found)).toEqual([
    null,
    '0',
    '0',
    null,
    null,
    '1',
    '2500',
    null,
    '4999',
    null,
  ]);
  expect(closedAt([], 1)).toBeNull();
});

test('one that is over begins anew the next day', () => {
  const closed = closedBetween([blackout('22:00', '02:00', 'a release')], range);
  const night = closedAt(closed, at('23:00'));
  expect(night?.until).toBe(at('02:00', '2026-11-25'));
  expect(night && isForEver(night, at('23:00'))).toBe(false);
});

test('two halves of a day leave no time at all', () => {
  const closed = closedBetween(
    [blackout('00:00', '12:00', 'mornings'), blackout('12:00', '00:00', 'evenings')],
    range,
  );
  const always = closedAt(closed, at('06:00'));
  expect(always?.until).toBe(range.until);
  expect(always && isForEver(always, at('06:00'))).toBe(true);
});
