import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planRetention } from './retention.models.ts';
import { parseSpan, spanInWords } from './retention-span.models.ts';
import { reasonInWords } from './retention-words.models.ts';
import type { RetentionPoint, RetentionPolicy } from './retention.types.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 24, 12);
const point = (given: Partial<RetentionPoint> & { at: number }): RetentionPoint => ({
  id: `p${given.at}`,
  state: 'completed',
  isVerified: false,
  isPinned: false,
  isInUse: false,
  ...given,
});
const plan = (points: readonly RetentionPoint[], policy: RetentionPolicy, zone = 'UTC') =>
  planRetention({ points, policy, now, zone });

const points = fc
  .uniqueArray(
    fc.record({
      at: fc.integer({ min: 0, max: 24 * 800 }).map((hours) => now - hours * hour),
      state: fc.constantFrom('completed', 'completed', 'completed', 'partial', 'damaged'),
      isVerified: fc.boolean(),
      isPinned: fc.constantFrom(false, false, false, true),
      isInUse: fc.constantFrom(false, false, false, true),
    }),
    { selector: ({ at }) => at, maxLength: 60 },
  )
  .map((all) => all.map(point));
const count = fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined });
const span = fc.option(
  fc.record({
    years: fc.constantFrom(0, 0, 1),
    months: fc.integer({ min: 0, max: 3 }),
    days: fc.integer({ min: 0, max: 20 }),
    hours: fc.integer({ min: 1, max: 30 }),
  }),
  { nil: undefined },
);
const policy = fc.record({
  last: count,
  hourly: count,
  daily: count,
  weekly: count,
  monthly: count,
  yearly: count,
  minimum: count,
  within: span,
});
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Apia', 'America/New_York');

describe('whatever the points and the policy', () => {
  test('raising any number never loses a point', () => {
    fc.assert(
      fc.property(
        points,
        policy,
        zone,
        fc.constantFrom('last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly', 'minimum'),
        (all, some, at, rule) => {
          const less = plan(all, some, at);
          const more = plan(all, { ...some, [rule]: (some[rule] ?? 0) + 1 }, at);
          expect(more.remove.filter((id) => !less.remove.includes(id))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('the newest good, a pinned, a read and a damaged point stay', () => {
    fc.assert(
      fc.property(points, policy, zone, (all, some, at) => {
        const { remove } = plan(all, some, at);
        const good = all.filter(({ state }) => state === 'completed').map((one) => one.at);
        const protectedIds = all.filter(
          (one) =>
            one.isPinned || one.isInUse || one.state === 'damaged' || one.at === Math.max(...good),
        );
        expect(protectedIds.filter(({ id }) => remove.includes(id))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('a second run right after the first removes nothing more', () => {
    fc.assert(
      fc.property(points, policy, zone, (all, some, at) => {
        const first = plan(all, some, at);
        const left = all.filter(({ id }) => !first.remove.includes(id));
        expect(plan(left, some, at).remove).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('each point stays with a reason in words or goes', () => {
    fc.assert(
      fc.property(points, policy, (all, some) => {
        const { decisions, remove } = plan(all, some);
        expect(decisions.map(({ id }) => id).toSorted()).toEqual(
          all.map(({ id }) => id).toSorted(),
        );
        for (const { id, reasons } of decisions) {
          expect(reasons.length === 0).toBe(remove.includes(id));
          expect(reasons.map(reasonInWords).every((words) => words.length > 3)).toBe(true);
        }
      }),
    );
  });
});

test('seven days are counted from the newest good backup, so that an outage removes nothing', () => {
  const all = Array.from({ length: 10 }, (_, day) => point({ at: now - (30 + day) * 24 * hour }));
  const within = parseSpan('7d') ?? undefined;
  expect(plan(all, { within }).remove).toHaveLength(3);
});

test('a partial backup never takes the place of a good one of the same day', () => {
  const good = point({ at: now - 5 * hour, id: 'good' });
  const partial = point({ at: now - 4 * hour, id: 'partial', state: 'partial' });
  const older = point({ at: now - 30 * hour, id: 'older' });
  expect(plan([good, partial, older], { daily: 2 }).remove).toEqual([]);
});

test('while the newest backup is unverified, the last verified one stays', () => {
  const all = [1, 2, 3, 4].map((days) =>
    point({ at: now - days * 24 * hour, id: `${days}`, isVerified: days === 4 }),
  );
  expect(plan(all, { last: 1 }).remove).toEqual(['2', '3']);
});

test('a plan that would remove more than half asks first', () => {
  const all = [1, 2, 3].map((days) => point({ at: now - days * 24 * hour }));
  expect(plan(all, { last: 1 }).asks).toBe('removesMoreThanHalf');
  expect(plan(all, { last: 2 }).asks).toBeNull();
});

test('a backup from the future stays and counts for nothing', () => {
  const future = point({ at: now + hour, id: 'future' });
  const { decisions } = plan([future, point({ at: now - hour, id: 'past' })], { last: 1 });
  expect(decisions.map(({ reasons }) => reasons.map(reasonInWords))).toEqual([
    ['made later than now: the clock is in doubt'],
    ['1st newest', 'the newest good backup is never removed'],
  ]);
});

test.each([
  ['7d', '7 days'],
  ['168h', '168 hours'],
  ['2w', '14 days'],
  ['1y6mo', '1 year, 6 months'],
])('%s means %s', (text, words) => {
  const parsed = parseSpan(text);
  expect(parsed && spanInWords(parsed)).toBe(words);
});

test.each(['', '0d', '7', 'd', '7 d', '-7d', '7days', '1e3d', '30m', '9999999d'])(
  '“%s” is no length of time',
  (text) => {
    expect(parseSpan(text)).toBeNull();
  },
);
