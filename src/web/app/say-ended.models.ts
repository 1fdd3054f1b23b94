import type { Run } from '#shared/runs/runs.contract.ts';
import { count, size } from '#shared/words/format.models.ts';

type Ending = {
  kind: 'success' | 'note' | 'error';
  title: string;
  detail: string;
  action: { label: string; href: string };
};

/** How a run ended, in a line and what it came to. Partial is never told as success. */
export function endingOf(run: Run): Ending {
  const what = `${nouns[run.kind]} ${run.backup ?? run.cluster}`.trim();
  const action = { label: 'Open', href: addressOf(run) };
  const detail = run.problem ? `${run.problem.title} ${run.problem.detail}` : done(run);
  switch (run.state) {
    case 'completed':
      return { kind: 'success', title: `${what} is complete`, detail, action };
    case 'canceled':
      return { kind: 'note', title: `${what} was canceled`, detail, action };
    case 'partial':
      return { kind: 'note', title: `${what} is partial`, detail, action };
    case 'failed':
      return { kind: 'error', title: `${what} failed`, detail, action };
    case 'interrupted':
    case 'queued':
    case 'waiting':
    case 'running':
      return { kind: 'error', title: `${what} was interrupted`, detail, action };
  }
}

const nouns: Readonly<Record<Run['kind'], string>> = {
  backup: 'Backup',
  restore: 'Restore of',
  verify: 'Verification of',
  export: 'Export of',
  delete: 'Deletion of',
  maintenance: 'Maintenance of',
};

function done({ progress: { items, bytes } }: Run): string {
  const parts = [
    items.done > 0 ? count(items.done, 'object') : '',
    bytes.done > 0 ? size(bytes.done) : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function addressOf({ kind, id, backup, cluster }: Run): string {
  const search = `?cluster=${encodeURIComponent(cluster)}`;
  if (kind === 'restore') return `/restores/${id}${search}`;
  if (kind === 'delete' || backup === null) return `/backups${search}`;
  return `/backups/${encodeURIComponent(backup)}${search}`;
}
