import type { Run } from '#shared/runs/runs.contract.ts';
import { endedOf } from '../lib/started-runs.ts';
import { toasts } from '../ui/toasts.ts';
import { endingOf } from './say-ended.models.ts';

/** The toast of an act whose run goes on says how it ended, when that happens before one's eyes. */
export function sayEnded(runs: readonly Run[]): void {
  for (const { run, toast } of endedOf(runs)) {
    const { kind, ...said } = endingOf(run);
    if (kind === 'error') toasts.error(toast, said);
    else if (kind === 'note') toasts.note(said, toast);
    else toasts.success(toast, said);
  }
}
