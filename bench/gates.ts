import type { Measure } from './report.models.ts';

/** The bars: the gate must hold, the goal is where we want to be. */
const gates = {
  B1: { gate: 4, goal: 2.2 },
  B2: { gate: 1.2, goal: 0.7 },
  B3: { gate: 0.25, goal: 0.1 },
  'B4 at once': { gate: 1.6, goal: 1.3 },
  'B4 maintained': { gate: 0.8, goal: 0.6 },
  'B5 bytes': { gate: 16_384, goal: 2_048 },
  'B5 time': { gate: 1.5, goal: 1.15 },
  'B6 peak': { gate: 200, goal: 100 },
  'B6 slope': { gate: 0.6, goal: 0.2 },
  B7: { gate: 1.35, goal: 1.1 },
  B8: { gate: 0.06, goal: 0.03 },
  'B9 object': { gate: 15, goal: 5 },
  'B9 diff': { gate: 150, goal: 60 },
  'B10 requests': { gate: 1.02, goal: 1 },
  'B10 at once': { gate: 2, goal: 2 },
  S3: { gate: 60, goal: 35 },
  'S3 painted': { gate: 150, goal: 80 },
  'S4 enqueued': { gate: 2, goal: 0.3 },
  // 20 and 200 times as many per second.
  'S4 cron': { gate: 0.05, goal: 0.005 },
  S5: { gate: 1, goal: 0.2 },
  'S5 list': { gate: 300, goal: 150 },
  'S5 preview': { gate: 600, goal: 300 },
  'S6 start': { gate: 2, goal: 1 },
  'S6 memory': { gate: 180, goal: 120 },
  S7: { gate: 30, goal: 10 },
  'W1 first': { gate: 200, goal: 150 },
  'W1 chunk': { gate: 160, goal: 100 },
  'W2 LCP': { gate: 2.5, goal: 1.5 },
  'W2 CLS': { gate: 0.1, goal: 0.02 },
  'W2 INP': { gate: 200, goal: 100 },
  'W2 schedules LCP': { gate: 2.5, goal: 1.5 },
  'W2 schedules CLS': { gate: 0.1, goal: 0.02 },
  'W2 schedules INP': { gate: 200, goal: 100 },
  'W3 rows': { gate: 80, goal: 50 },
  'W3 frames': { gate: 20, goal: 17 },
  'W4 burst': { gate: 0, goal: 0 },
  'W4 heap': { gate: 20, goal: 5 },
  'W4 long tasks': { gate: 0, goal: 0 },
} as const satisfies Record<string, Pick<Measure, 'gate' | 'goal'>>;

/** A measured ratio with its bars; without a denominator the figure itself is what is bounded. */
export const measured = (
  id: keyof typeof gates,
  {
    denominator = 1,
    ...given
  }: Omit<Measure, 'id' | 'gate' | 'goal' | 'denominator'> & { denominator?: number },
): Measure => ({ id, ...given, denominator, ...gates[id] });
