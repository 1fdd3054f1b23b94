import type { Run, RunState } from '#shared/runs/runs.contract.ts';
import { type Exit, exits } from './cli.errors.ts';
import { figure, size, span } from '#shared/words/format.models.ts';

const nouns: Readonly<Record<Run['kind'], string>> = {
  backup: 'Backup',
  restore: 'Restore',
  verify: 'Verification',
  export: 'Export',
  delete: 'Deletion',
  maintenance: 'Maintenance',
};

const endings: Readonly<Record<RunState, string>> = {
  queued: 'is queued',
  waiting: 'waits',
  running: 'is running',
  completed: 'completed',
  partial: 'was only partly done',
  failed: 'failed',
  canceled: 'was canceled',
  interrupted: 'was interrupted',
};

/** How a run stands, in sentences: what, how it ended, the counts, what went wrong. */
export function runSentence(run: Run): string {
  const what = [nouns[run.kind], run.kind === 'restore' ? 'of' : '', run.backup ?? ''];
  const subject = run.backup === null ? nouns[run.kind] : what.filter(Boolean).join(' ');
  const reason = run.reason === null ? '' : `: ${run.reason}`;
  const told = [`${subject} ${endings[run.state]}${tookOf(run)}${reason}${resultOf(run)}`];
  if (run.problem !== null) told.push(`${run.problem.title} ${run.problem.detail}`);
  return told.join('\n');
}

function tookOf({ startedAt, finishedAt }: Run): string {
  if (startedAt === null || finishedAt === null) return '';
  return ` after ${span(Date.parse(finishedAt) - Date.parse(startedAt))}`;
}

function resultOf({ result }: Run): string {
  const counts = Object.entries(result ?? {}).map(([name, value]) => countWords(name, value));
  return counts.length === 0 ? '.' : `: ${counts.join(', ')}.`;
}

/** `bytesWritten: 2048` → `2.0 KiB written`, `objects: 3` → `3 objects`, `created: 3` → `3 created`. */
export function countWords(name: string, value: number): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  if (/^bytes\b/.test(words)) return `${size(value)}${words.slice('bytes'.length)}`;
  if (/\bbytes$/.test(words)) return `${size(value)} ${words.slice(0, -' bytes'.length)}`.trim();
  if (/^milliseconds\b/.test(words)) return `${span(value)}${words.slice('milliseconds'.length)}`;
  const singular = value === 1 && /^(objects|kinds|volumes|backups)\b/.test(words);
  return `${figure(value)} ${singular ? words.replace('s', '') : words}`;
}

/** What happens right now, for one line of progress. */
export function progressLine({ state, reason, progress }: Run): string {
  if (state === 'waiting' || state === 'queued') return reason ?? 'Waiting for its turn.';
  const { items, bytes, doing } = progress;
  const done =
    items.total === null ? figure(items.done) : `${figure(items.done)} of ${figure(items.total)}`;
  const parts = [
    items.done > 0 || items.total !== null ? done : '',
    bytes.done > 0 ? size(bytes.done) : '',
  ];
  return [doing, ...parts].filter((part) => part !== '').join(' · ');
}

/** A bar of the given width with the share done; without a total only the sentence. */
export function progressBar(run: Run, columns: number): string {
  const { done, total } = run.progress.items;
  const line = progressLine(run);
  const width = Math.min(30, columns - line.length - 10);
  if (total === null || total === 0 || width < 5) return line.slice(0, columns - 1);
  const share = Math.min(1, done / total);
  const filled = Math.round(share * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(Math.floor(share * 100)).padStart(3)} % ${line}`;
}

export function exitOfRun(state: RunState): Exit {
  if (state === 'partial') return exits.partial;
  return state === 'failed' || state === 'interrupted' || state === 'canceled'
    ? exits.failed
    : exits.done;
}
