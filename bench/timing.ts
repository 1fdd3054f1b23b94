import { median } from './report.models.ts';

/** Seconds that `act` took, by the clock that never jumps. */
export async function secondsOf(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return (performance.now() - start) / 1000;
}

export type Pair = { a: () => Promise<unknown>; b: () => Promise<unknown> };

/**
 * Medians of alternating runs A B A B …: what the machine does meanwhile hits both alike. A run may
 * answer its own seconds, when only a part of it counts.
 */
export async function alternate({ a, b }: Pair, rounds: number): Promise<{ a: number; b: number }> {
  const times = { a: [] as number[], b: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.b.push(await ownOrWhole(b));
    times.a.push(await ownOrWhole(a));
  }
  return { a: median(times.a), b: median(times.b) };
}

async function ownOrWhole(act: () => Promise<unknown>): Promise<number> {
  let own: unknown;
  const whole = await secondsOf(async () => {
    own = await act();
  });
  return typeof own === 'number' ? own : whole;
}
