import * as z from 'zod/mini';
import { instant } from '../http/schemas.ts';
import { runStates } from '../runs/runs.contract.ts';

export const dayStates = ['none', ...runStates, 'missed', 'skipped', 'paused'] as const;
export type DayState = (typeof dayStates)[number];

const day = z.object({
  /** `2026-11-23`, in the zone that was asked for. */
  day: z.iso.date(),
  /** The worst run or slot of the day; `none`: nothing ran, and nothing should have. */
  state: z.enum(dayStates),
  runs: z.int(),
  /** The run that gave the day its state. */
  run: z.nullable(z.uuid()),
});
export type Day = z.infer<typeof day>;

/** One row of the strip: what started backups. */
export const strip = z.object({
  name: z.string(),
  days: z.array(day),
  lastAt: z.nullable(instant),
});
export type Strip = z.infer<typeof strip>;
