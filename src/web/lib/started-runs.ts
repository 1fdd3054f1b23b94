import { isOver, type Run, run } from '#shared/runs/runs.contract.ts';

/**
 * Runs that this tab started, with the toast that said so: when one of them ends while the page looks
 * on, the same toast says how. Other tabs started other runs, and say nothing.
 */
const started = new Map<string, string>();

/** Remembers it when the answer of an act is a run that goes on. */
export function startedRun(answer: unknown, toast: string): void {
  const { data } = run.safeParse(answer);
  if (data && !isOver(data.state)) started.set(data.id, toast);
}

/** The runs of this tab that have ended, each once, with their toasts. */
export function endedOf(runs: readonly Run[]): { run: Run; toast: string }[] {
  return runs.flatMap((one) => {
    const toast = started.get(one.id);
    if (toast === undefined || !isOver(one.state)) return [];
    started.delete(one.id);
    return [{ run: one, toast }];
  });
}
