import * as z from 'zod/mini';
import { instant } from '../http/schemas.ts';
import { scheduleSpec } from './schedule.contract.ts';

/** What two schedules, or one and the world, can do to each other. Errors block, warnings need a tick. */
export const findingKinds = [
  'invalid',
  'neverFires',
  'selfOverlap',
  'sameNamespaces',
  'overCapacity',
  'stampede',
  'blackout',
  'redundant',
  'keptTooShort',
  'rpoMissed',
  'tooMany',
  'cutOff',
  'locationUnavailable',
  'namespaceGone',
  'storage',
  'clockChange',
] as const;
export const remedyKinds = ['shift', 'stagger', 'widen', 'merge', 'keepLonger'] as const;

/** A change of the schedule itself that makes the finding go, for a button. */
const remedy = z.object({
  kind: z.enum(remedyKinds),
  label: z.string(),
  /** The fields that change, as they would be sent. */
  change: z.object({
    frequency: z.exactOptional(scheduleSpec.shape.frequency),
    namespaces: z.exactOptional(z.array(z.string())),
    jitter: z.exactOptional(z.string()),
    retention: z.exactOptional(z.string()),
  }),
  /** Names of the schedules that it would do the work of: they rest once it is saved. */
  replaces: z.array(z.string()),
});
export type Remedy = z.infer<typeof remedy>;

export const finding = z.object({
  kind: z.enum(findingKinds),
  severity: z.enum(['error', 'warning', 'info']),
  sentence: z.string(),
  /** Names of the schedules it is about that the reader may see. */
  schedules: z.array(z.string()),
  /** The first times, at most 5. */
  at: z.array(instant),
  /** How often in the 14 days. */
  times: z.int(),
  remedies: z.array(remedy),
});
export type Finding = z.infer<typeof finding>;

export const upcoming = z.object({
  at: instant,
  /** What a change of clocks has to do with it. */
  mark: z.nullable(z.enum(['moved', 'first', 'second'])),
});

const retentionDecision = z.object({
  id: z.string(),
  at: instant,
  keep: z.boolean(),
  /** Why it stays, one phrase each; empty: it goes. */
  reasons: z.array(z.string()),
});

/** What retention comes to when its slots are kept: counts and reach, so many days from now. */
const retentionOutlook = z.object({
  days: z.int(),
  points: z.int(),
  /** How far back one could restore then, days. */
  reachDays: z.number(),
  /** The longest gap between two points, hours; null: there are no two. */
  longestGapHours: z.nullable(z.number()),
});

/** What becomes of each backup. `asks`: more than half would go, and a person has to say yes. */
export const retentionView = z.object({
  decisions: z.array(retentionDecision),
  remove: z.int(),
  asks: z.nullable(z.literal('removesMoreThanHalf')),
});
export type RetentionView = z.infer<typeof retentionView>;

export const preview = z.object({
  /** Where the frequency is wrong; null: it can be used. */
  error: z.nullable(
    z.object({
      field: z.enum(['frequency', 'timezone', 'retention', 'jitter', 'labelSelector']),
      message: z.string(),
      from: z.int(),
      to: z.int(),
      suggestion: z.nullable(z.string()),
    }),
  ),
  /** What it would be called. */
  name: z.string(),
  words: z.string(),
  /** By whose clocks: what the expression itself names goes first. */
  zone: z.string(),
  retentionWords: z.string(),
  picked: z.nullable(z.object({ clock: z.string(), why: z.string() })),
  /** The next ten slots. */
  next: z.array(upcoming),
  /** The next change of clocks that it feels. */
  changeDay: z.nullable(z.object({ at: instant, effect: z.string(), sentence: z.string() })),
  /** How Velero would read the same expression, where it differs. */
  differences: z.array(z.string()),
  findings: z.array(finding),
  retention: z.extend(retentionView, { outlook: z.array(retentionOutlook) }),
  /** How long a run takes, milliseconds; `assumed`: nothing comparable ran yet. */
  duration: z.object({ p50: z.int(), p90: z.int(), assumed: z.boolean() }),
});
export type Preview = z.infer<typeof preview>;

/** A better time, with what it changes. */
export const slotOption = z.object({
  frequency: z.string(),
  words: z.string(),
  next: instant,
  /** Findings and load now, and with this time. */
  effect: z.string(),
  findingsBefore: z.int(),
  findingsAfter: z.int(),
});
export type SlotOption = z.infer<typeof slotOption>;
