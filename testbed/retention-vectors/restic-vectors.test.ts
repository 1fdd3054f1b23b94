import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { planRetention } from '#shared/schedules/retention/retention.models.ts';
import { before } from '#shared/schedules/retention/retention-span.models.ts';
import type { RetentionPolicy } from '#shared/schedules/retention/retention.types.ts';

/** Seconds since 1970. */
type Vector = {
  zone: string;
  policy: RetentionPolicy;
  points: readonly number[];
  remove: readonly number[];
};

const vectors = gunzipSync(readFileSync(new URL('./vectors.jsonl.gz', import.meta.url)))
  .toString()
  .trim()
  .split('\n')
  .map((line): Vector => JSON.parse(line));

/** Ours, without the guard that restic does not have: the newest good point. */
function removed({ zone, policy, points }: Vector): number[] {
  const plan = planRetention({
    points: points.map((second) => ({
      id: String(second),
      at: second * 1000,
      state: 'completed',
      isVerified: true,
      isPinned: false,
      isInUse: false,
    })),
    policy,
    now: Date.UTC(2040, 0),
    zone,
  });
  return plan.remove.map(Number).toSorted((a, b) => a - b);
}

/**
 * A month before 31 March is 28 February to us and, as Go counts, 3 March to restic: we keep more.
 */
function countsMonthsAlike({ zone, policy, points }: Vector): boolean {
  const { within } = policy;
  if (!within || (within.months === 0 && within.years === 0)) return true;
  const newest = Math.max(...points) * 1000;
  const dayOf = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).day;
  return dayOf(newest) === dayOf(before(newest, { ...within, days: 0, hours: 0 }, zone));
}

test('restic would remove the same of a thousand histories', () => {
  const asked = vectors.filter(countsMonthsAlike);
  expect(asked.length).toBeGreaterThanOrEqual(500);
  const different = asked.flatMap((vector) => {
    const newest = Math.max(...vector.points);
    const theirs = vector.remove.filter((at) => at !== newest).toSorted((a, b) => a - b);
    return removed(vector).join() === theirs.join() ? [] : [{ ...vector, ours: removed(vector) }];
  });
  expect(different).toEqual([]);
});

test('where months are counted otherwise than restic does, nothing more is removed', () => {
  const others = vectors.filter((vector) => !countsMonthsAlike(vector));
  for (const vector of others)
    expect(removed(vector).filter((at) => !vector.remove.includes(at))).toEqual([]);
});
