import * as z from 'zod/mini';
import { duration } from '../backups/backups.contract.ts';
import { described } from '../http/described.ts';
import { instant, namespaceName, notA } from '../http/schemas.ts';
import { selectionOfObjects } from '../http/selection.models.ts';
import { priorities, runStates } from '../runs/runs.contract.ts';
import { weekdays } from './window.models.ts';

/** What else comes after `schedules/` in an address. */
const reserved: ReadonlySet<string> = new Set([
  'calendar',
  'days',
  'export',
  'find-slot',
  'import',
  'preview',
]);

/** Short enough for the names of its backups, `nightly-20261124020000`, to be DNS labels. */
export const scheduleName = z.string().check(
  z.maxLength(45),
  z.regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    notA('a DNS label: lower-case letters, digits and - between them'),
  ),
  z.refine((name) => !reserved.has(name), 'a name that an address of the API has already'),
);

const clockTime = z
  .string()
  .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, notA('a time such as 22:00')));
const dayList = z.array(z.enum(weekdays)).check(z.minLength(1), z.maxLength(7));
export const zoneName = z.string().check(z.minLength(1), z.maxLength(64));

export const timeWindow = z.object({
  days: described(dayList, 'The days on which it begins'),
  from: described(clockTime, 'When it begins, such as 22:00'),
  to: described(
    clockTime,
    'When it ends, such as 06:00; earlier than its beginning is the next day',
  ),
});

const spanText = z
  .string()
  .check(z.regex(/^(\d{1,6}(y|mo|w|d|h))+$/, notA('a duration such as 12h, 7d, 4w or 1y6mo')));
const points = z.optional(z.int().check(z.gte(0), z.lte(100_000)));

/** The rules do not know of each other: a backup stays while any of them wants it. */
export const retentionRulesSchema = z.object({
  last: described(points, 'So many of the newest'),
  hourly: described(points, 'The newest of so many hours'),
  daily: described(points, 'The newest of so many days'),
  weekly: described(points, 'The newest of so many weeks, which begin on Monday'),
  monthly: described(points, 'The newest of so many months'),
  yearly: described(points, 'The newest of so many years'),
  within: described(z.optional(spanText), 'Everything so long before the newest good one'),
  minimum: described(points, 'At least so many good ones, however old'),
});

/** What a schedule is: `{ frequency: '0 0 * * *', retention: '7d', type: 'incremental' }` is a whole one. */
export const scheduleSpec = z.object({
  engine: described(z._default(z.enum(['embedded']), 'embedded'), 'What makes the backups'),
  frequency: described(
    z.union([z.string().check(z.maxLength(2048)), timeWindow], {
      error: 'not a cron expression, @daily, "@every 6h" or a window {days, from, to}',
    }),
    'When: a cron expression such as "0 2 * * *", @daily, "@every 6h", or a window {days, from, to} in which Lifeboat picks the quietest time',
  ),
  timezone: described(
    z._default(zoneName, 'UTC'),
    'By the clocks of which zone, such as Europe/Zurich',
  ),
  type: described(
    z._default(z.enum(['incremental', 'full']), 'incremental'),
    'Incremental stores what changed since the last backup, full everything again; both restore alone',
  ),
  retention: described(
    z._default(
      z.union([z.literal('forever'), spanText, retentionRulesSchema], {
        error: 'not a duration such as 7d, rules such as {"daily":7}, or forever',
      }),
      '30d',
    ),
    'How long its backups are kept: a duration such as 7d, rules such as {"daily":7,"weekly":4}, or forever',
  ),
  namespaces: described(
    z.optional(z.array(namespaceName).check(z.minLength(1), z.maxLength(10_000))),
    'Only these namespaces; otherwise the whole cluster',
  ),
  excludedNamespaces: described(
    z.optional(z.array(namespaceName).check(z.maxLength(10_000))),
    'All but these namespaces',
  ),
  ...selectionOfObjects,
  priority: described(
    z._default(z.enum(priorities), 'normal'),
    'Who goes first when several wait: urgent, high, normal or low',
  ),
  jitter: described(
    z.optional(duration),
    'Spread the start over so long after the slot, always by the same amount for this schedule',
  ),
  missedRuns: described(
    z._default(z.enum(['latest', 'none', 'all']), 'latest'),
    'Slots that nobody was there for: make up for the latest, for none, or for all within catchUpWithin',
  ),
  catchUpWithin: described(
    z.optional(duration),
    'How old a missed slot may be that is made up for, with missedRuns all; otherwise 24h',
  ),
  overlap: described(
    z._default(z.enum(['skip', 'wait']), 'skip'),
    'When the run before is not over: skip the slot, or let one run wait',
  ),
  targetRpo: described(
    z.optional(duration),
    'The most work that may be lost, such as 24h; otherwise the longest gap between its slots',
  ),
});
export type ScheduleSpec = z.infer<typeof scheduleSpec>;

/**
 * What is the matter with a schedule now. `running`: a run goes on or waits; `late`: due, and not begun
 * after its grace; `stuck`: running much longer than ever; `unknown`: nobody could look.
 */
export const scheduleStates = [
  'onTime',
  'upcoming',
  'running',
  'late',
  'missed',
  'stuck',
  'failed',
  'partial',
  'paused',
  'unknown',
] as const;
export type ScheduleState = (typeof scheduleStates)[number];

export const slotStates = ['fired', 'caughtUp', 'missed', 'skipped', 'paused'] as const;
export type SlotState = (typeof slotStates)[number];

/** A planned fire time, once it was decided what became of it. */
export const slot = z.object({
  at: instant,
  state: z.enum(slotStates),
  /** Why it was missed, skipped or is a catch-up; null when it fired on time. */
  reason: z.nullable(z.string()),
  decidedAt: instant,
  /** Null: nothing was queued, or the run is no longer kept. */
  run: z.nullable(
    z.object({
      id: z.uuid(),
      state: z.enum(runStates),
      backup: z.nullable(z.string()),
      startedAt: z.nullable(instant),
      finishedAt: z.nullable(instant),
    }),
  ),
});
export type Slot = z.infer<typeof slot>;

/** With the bytes of JSON in its backup, and those that it added to the location; null: not known. */
export const measuredSlot = z.extend(slot, {
  size: z.nullable(z.int()),
  added: z.nullable(z.int()),
});
export type MeasuredSlot = z.infer<typeof measuredSlot>;

/** Of comparable runs, milliseconds. */
const durations = z.object({ p50: z.int(), p90: z.int(), p99: z.int(), runs: z.int() });
export type Durations = z.infer<typeof durations>;

export const pause = z.object({
  since: instant,
  /** Null: until somebody resumes it. */
  until: z.nullable(instant),
  reason: z.string(),
  by: z.string(),
});
export type Pause = z.infer<typeof pause>;

export const schedule = z.object({
  name: z.string(),
  cluster: z.string(),
  /** Grows with each change: an edit names the one it was made from. */
  version: z.int(),
  spec: scheduleSpec,
  /** The frequency as a sentence. */
  words: z.string(),
  /** By whose clocks: what the expression itself names goes before `spec.timezone`. */
  zone: z.string(),
  state: z.enum(scheduleStates),
  /** What the state means here, one sentence. */
  sentence: z.string(),
  paused: z.nullable(pause),
  /** The time picked in the window, and why; null for an expression. */
  picked: z.nullable(z.object({ clock: z.string(), why: z.string() })),
  /** Null: it is paused without an end, or cannot be read. */
  next: z.nullable(instant),
  /** The newest slot with what became of it. */
  last: z.nullable(slot),
  /** The newest restore point it made: when its capture began. */
  lastGood: z.nullable(instant),
  durations: z.nullable(durations),
  createdBy: z.string(),
  createdAt: instant,
  changedAt: instant,
});
export type Schedule = z.infer<typeof schedule>;

/** Times in which no scheduled run begins. */
export const blackout = z.extend(timeWindow, {
  reason: described(
    z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
    'Why nothing runs then, shown to whoever waits',
  ),
  timezone: described(z._default(zoneName, 'UTC'), 'By the clocks of which zone'),
});
export type Blackout = z.infer<typeof blackout>;
