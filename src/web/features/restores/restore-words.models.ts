import type { Plan, PlanCounts } from '#shared/restores/restores.contract.ts';
import type { RunState } from '#shared/runs/runs.contract.ts';
import { count, figure } from '#shared/words/format.models.ts';

/** What would be written. */
export const writesOf = ({ create, update, replace }: PlanCounts): number =>
  create + update + replace;

/** `Restore 42 objects into staging`. */
export function planTitle({ counts, cluster, options }: Plan): string {
  const writes = writesOf(counts);
  if (writes === 0) return `Nothing to restore into ${cluster}`;
  return options.dryRun
    ? `Try out restoring ${count(writes, 'object')} into ${cluster}`
    : `Restore ${count(writes, 'object')} into ${cluster}`;
}

/** `Creates 31, updates 8, leaves 96 as they are.` */
export function planSentence(counts: PlanCounts): string {
  const parts = [
    counts.create > 0 && `creates ${figure(counts.create)}`,
    counts.update > 0 && `updates ${figure(counts.update)}`,
    counts.replace > 0 && `deletes and creates anew ${figure(counts.replace)}`,
    leftOf(counts) > 0 &&
      `leaves ${figure(leftOf(counts))} as ${leftOf(counts) === 1 ? 'it is' : 'they are'}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'It holds nothing that was chosen.' : `${capital(parts.join(', '))}.`;
}

const leftOf = ({ unchanged, skip }: PlanCounts): number => unchanged + skip;

/** `3 cannot be restored as they are: see why.` Empty when nothing stands in the way. */
export function troubleSentence({ conflict, blocked }: PlanCounts): string {
  const parts = [
    conflict > 0 &&
      `${count(conflict, 'object')} ${conflict === 1 ? 'belongs' : 'belong'} to something else`,
    blocked > 0 && `${figure(blocked)} cannot be restored`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? '' : `${parts.join(' and ')}: they stay untouched, each says why.`;
}

/** What became of a restore, in one line. */
export function resultTitle(
  { state, cluster }: { state: RunState; cluster: string },
  outcomes: Readonly<Record<string, number>>,
): string {
  const [written, failed] = [writtenOf(outcomes), outcomes['failed'] ?? 0];
  switch (state) {
    case 'queued':
    case 'waiting':
      return `A restore into ${cluster} waits`;
    case 'running':
      return `Restoring into ${cluster}`;
    case 'completed':
      return written === 0
        ? `Nothing had to change in ${cluster}`
        : `${count(written, 'object')} restored into ${cluster}`;
    case 'partial':
      return `${count(written, 'object')} restored, ${figure(failed)} not`;
    case 'failed':
      return written === 0
        ? 'The restore failed'
        : `The restore failed after ${count(written, 'object')}`;
    case 'canceled':
      return `Canceled after ${count(written, 'object')}`;
    case 'interrupted':
      return `Interrupted after ${count(written, 'object')}`;
  }
}

export const writtenOf = (outcomes: Readonly<Record<string, number>>): number =>
  (outcomes['created'] ?? 0) + (outcomes['updated'] ?? 0) + (outcomes['replaced'] ?? 0);

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
