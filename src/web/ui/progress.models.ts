import type { Run } from '#shared/runs/runs.contract.ts';
import { count, figure, size, span } from '#shared/words/format.models.ts';

/** Before so much time has passed, a rate would be a guess. */
const settled = 2000;

export type Pace = { itemsPerSecond: number; left: number | null };

/** How fast a run goes, and milliseconds until it is likely over; null while nobody can know. */
export function paceOf(run: Run, now: number): Pace | null {
  const elapsed = now - Date.parse(run.startedAt ?? run.createdAt);
  const { done, total } = run.progress.items;
  if (run.state !== 'running' || run.startedAt === null || elapsed < settled || done === 0)
    return null;
  const itemsPerSecond = done / (elapsed / 1000);
  const left = total === null ? null : ((total - done) / itemsPerSecond) * 1000;
  return { itemsPerSecond, left };
}

/** `2,390 of 3,311 objects · 9 MiB · 310 a second · about 3 s left`. */
export function progressWords(run: Run, now: number): string {
  const { items, bytes } = run.progress;
  const pace = paceOf(run, now);
  const parts = [
    items.total === null
      ? count(items.done, 'object')
      : `${figure(items.done)} of ${count(items.total, 'object')}`,
    bytes.done > 0 ? size(bytes.done) : '',
    pace === null ? '' : `${figure(Math.round(pace.itemsPerSecond))} a second`,
    pace === null || pace.left === null ? '' : `about ${span(Math.max(1000, pace.left))} left`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Whole percents, 0 to 100; null while the total is unknown. */
export function percentOf({ done, total }: { done: number; total: number | null }): number | null {
  if (total === null) return null;
  return total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
}
