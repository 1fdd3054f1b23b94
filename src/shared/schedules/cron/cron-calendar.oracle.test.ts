import { Cron as Croner } from 'croner';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextRun, previousRun, runsBetween } from './cron.models.ts';
import { parseCron } from './cron-parse.models.ts';
import type { Cron } from './cron.types.ts';

const calendar = (text: string): Cron => {
  const parsed = parseCron(text, 'calendar');
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.cron;
};
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const number = (min: number, max: number) => fc.integer({ min, max });
const field = (min: number, max: number, extra: readonly string[] = []) => {
  const range = fc
    .tuple(number(min, max), number(min, max))
    .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const item = fc.oneof(
    { weight: 4, arbitrary: number(min, max).map(String) },
    { weight: 2, arbitrary: range },
    { weight: 2, arbitrary: number(2, Math.floor((max - min) / 2)).map((step) => `*/${step}`) },
    ...(extra.length > 0 ? [{ weight: 1, arbitrary: fc.constantFrom(...extra) }] : []),
  );
  const list = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
  return fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, { weight: 3, arbitrary: list });
};
const expression = fc
  .tuple(
    field(0, 59),
    field(0, 23),
    field(1, 31, ['L', '15W', '1W']),
    field(1, 12),
    field(0, 6, ['FRI#2', 'MON#L', 'SUN#1']),
  )
  .map((fields) => fields.join(' '));
const instant = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2032, 0) });

test('in UTC, random expressions come when croner says', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(expression, instant, (text, after) => {
      const at = Math.floor(after / 1000) * 1000;
      const expected = new Croner(text, { timezone: 'UTC' }).nextRun(new Date(at));
      expect(iso(nextRun({ cron: calendar(text), zone: 'UTC' }, at))).toBe(
        iso(expected?.getTime() ?? null),
      );
    }),
    { numRuns: 10_000 },
  );
});

const zones = Intl.supportedValuesOf('timeZone');
/** The first two changes of clocks of 2024 and after, where the zone has any. */
function changesOf(zone: string): Temporal.ZonedDateTime[] {
  const changes: Temporal.ZonedDateTime[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.ZonedDateTime.from(`2024-01-01T00:00[${zone}]`);
  while (changes.length < 2) {
    at = at.getTimeZoneTransition('next');
    if (at === null || at.year > 2040) break;
    changes.push(at);
  }
  return changes;
}

const fixed = [
  '0 0 * * *',
  '30 0 * * *',
  '0 1 * * *',
  '30 1 * * *',
  '59 1 * * *',
  '0 2 * * *',
  '15 2 * * *',
  '30 2 * * *',
  '59 2 * * *',
  '0 3 * * *',
  '1 3 * * *',
  '30 3 * * *',
  '0,30 2 * * *',
  '0 2,3 * * *',
  '0 1-3 * * *',
  '0-10 2 * * *',
  '45 23 * * *',
  '0 12 * * *',
  '0 2 * * SUN',
  '30 2 1-31 * *',
  '0 0 * * 0',
  '5 1,2 * * 1-5',
  '0 2 L * *',
  '10 22-2 * * *',
];
const intervals = [
  '* * * * *',
  '*/5 * * * *',
  '*/15 * * * *',
  '0 * * * *',
  '30 * * * *',
  '0 */2 * * *',
  '0 */3 * * *',
  '30 */6 * * *',
  '15 */4 * * *',
  '* 2 * * *',
  '*/10 1 * * *',
  '*/10 2 * * *',
  '*/30 1-3 * * *',
  '0 * * * SUN',
  '7 * 1-31 * *',
  '*/20 0-4 * * *',
  '1-59/2 * * * *',
  '0,1 * * * *',
];

type Wall = {
  minute: number;
  hour: number;
  day: number;
  month: number;
  weekday: number;
  isLast: boolean;
};
type Minute = { at: number; wall: Wall };

const wallOf = (at: Temporal.PlainDateTime): Wall => ({
  minute: at.minute,
  hour: at.hour,
  day: at.day,
  month: at.month,
  weekday: at.dayOfWeek % 7,
  isLast: at.day === at.daysInMonth,
});
const hours48 = 48 * 3_600_000;

/** Every minute that really passes around a change of clocks, with what the wall shows. */
function realMinutes(zone: string, from: number): Minute[] {
  return Array.from({ length: hours48 / 60_000 }, (_, index) => {
    const at = from + index * 60_000;
    const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
    return { at, wall: wallOf(zoned.toPlainDateTime()) };
  });
}

/** Every minute that a wall could show, at the first instant when it, or a later one, is shown. */
function wallMinutes(zone: string, from: number): Minute[] {
  const [start, end] = [from, from + hours48].map((at) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime(),
  );
  const minutes: Minute[] = [];
  if (!start || !end) return minutes;
  for (
    let wall = start;
    Temporal.PlainDateTime.compare(wall, end) < 0;
    wall = wall.add({ minutes: 1 })
  ) {
    const at = wall.toZonedDateTime(zone, { disambiguation: 'compatible' });
    const isGap = !at.toPlainDateTime().equals(wall);
    const gapEnd = isGap ? at.add({ seconds: 1 }).getTimeZoneTransition('previous') : null;
    minutes.push({ at: (gapEnd ?? at).epochMilliseconds, wall: wallOf(wall) });
  }
  return minutes;
}

function isDue({ rule }: Cron, wall: Wall): boolean {
  if (rule.kind !== 'fields') return false;
  const has = (bits: number, bit: number) => ((bits >>> bit) & 1) === 1;
  const inMonth = has(rule.daysOfMonth, wall.day) || (rule.dayRules.length > 0 && wall.isLast);
  const inWeek = has(rule.weekdays, wall.weekday);
  return (
    rule.minutes.values.includes(wall.minute) &&
    rule.hours.values.includes(wall.hour) &&
    has(rule.months, wall.month) &&
    (rule.days === 'either' ? inMonth || inWeek : inMonth && inWeek)
  );
}

const walk = (cron: Cron, minutes: readonly Minute[]): number[] =>
  [...new Set(minutes.filter(({ wall }) => isDue(cron, wall)).map(({ at }) => at))].toSorted(
    (a, b) => a - b,
  );

/** What `runsBetween` says otherwise than a walk over every minute. */
function differencesAround(crons: readonly Cron[], zone: string, from: number) {
  const [real, wall] = [realMinutes(zone, from), wallMinutes(zone, from)];
  return crons.flatMap((cron, index) => {
    const expected = walk(cron, index < fixed.length ? wall : real);
    const slots = [...runsBetween({ cron, zone }, { after: from - 1, until: from + hours48 - 1 })];
    const same = slots.join() === expected.join();
    return same
      ? []
      : [{ zone, text: cron.text, slots: slots.map(iso), expected: expected.map(iso) }];
  });
}

test(
  'when clocks change, in every zone, a fixed time comes exactly once and an interval follows real time',
  { timeout: 120_000 },
  () => {
    const crons = [...fixed, ...intervals].map(calendar);
    expect(crons.length).toBeGreaterThanOrEqual(40);
    expect(crons.map(({ rule }) => rule.kind === 'fields' && rule.isInterval)).toEqual([
      ...fixed.map(() => false),
      ...intervals.map(() => true),
    ]);
    let changes = 0;
    const different: unknown[] = [];
    for (const zone of zones)
      for (const change of changesOf(zone)) {
        changes += 1;
        different.push(...differencesAround(crons, zone, change.epochMilliseconds - hours48 / 2));
      }
    expect(different).toEqual([]);
    expect(changes).toBeGreaterThan(200);
  },
);

test('going back finds the same slots as going forward, also when clocks change', () => {
  const berlin = { from: Date.UTC(2026, 2, 28), until: Date.UTC(2026, 2, 30) };
  const autumn = { from: Date.UTC(2026, 9, 24), until: Date.UTC(2026, 9, 26) };
  for (const { from, until } of [berlin, autumn])
    for (const text of [...fixed, ...intervals]) {
      const given = { cron: calendar(text), zone: 'Europe/Berlin' };
      const forward = [...runsBetween(given, { after: from, until: until - 1 })];
      const back: number[] = [];
      for (
        let at = previousRun(given, until);
        at !== null && at > from;
        at = previousRun(given, at)
      )
        back.unshift(at);
      expect({ text, slots: back.map(iso) }).toEqual({ text, slots: forward.map(iso) });
    }
});

test.each([
  ['0 2 29 2 *', '2024-03-01T00:00:00Z', '2028-02-29T02:00:00.000Z'],
  ['0 2 29 2 *', '2096-03-01T00:00:00Z', '2104-02-29T02:00:00.000Z'],
  ['0 0 1W * *', '2024-05-31T12:00:00Z', '2024-06-03T00:00:00.000Z'],
  ['0 0 L-2 * *', '2024-02-01T00:00:00Z', '2024-02-27T00:00:00.000Z'],
  ['0 0 * * 5L', '2024-02-01T00:00:00Z', '2024-02-23T00:00:00.000Z'],
  ['0 0 * * 7', '2024-02-01T00:00:00Z', '2024-02-04T00:00:00.000Z'],
  ['0 22-2/2 * * *', '2024-02-01T00:30:00Z', '2024-02-01T02:00:00.000Z'],
  ['0 0 30 2 *', '2024-02-01T00:00:00Z', null],
])('%s after %s comes at %s', (text, after, expected) => {
  expect(iso(nextRun({ cron: calendar(text), zone: 'UTC' }, Date.parse(after)))).toBe(expected);
});
