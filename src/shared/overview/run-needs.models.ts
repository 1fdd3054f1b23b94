import type { Problem } from '../http/problem.ts';
import type { RunKind, RunState } from '../runs/runs.contract.ts';
import { count, relative } from '../words/format.models.ts';
import { listed } from './names.models.ts';
import { action } from './need-action.models.ts';
import type { Need, NeedState } from './overview.contract.ts';

/** A run that ended, as far as it matters here. Instants: milliseconds since 1970. */
export type EndedRun = {
  id: string;
  kind: RunKind;
  state: RunState;
  backup: string | null;
  namespaces: readonly string[] | 'all';
  createdAt: number;
  problem: Problem | null;
};

const failures: readonly RunState[] = ['failed', 'interrupted', 'partial'];

/** Runs that went wrong and that nothing made good since; the same cause is one line. */
export function runNeeds({
  ended,
  damaged,
  now,
}: {
  ended: readonly EndedRun[];
  damaged: readonly string[];
  now: number;
}): Need[] {
  const open = ended.filter(
    (run, at) =>
      failures.includes(run.state) &&
      !(run.kind === 'backup' && run.state === 'partial') && // its missing kinds are the cause
      !(run.kind === 'verify' && damaged.includes(run.backup ?? '')) &&
      !ended.slice(0, at).some((later) => makesGood(later, run)),
  );
  const causes = Map.groupBy(open, causeOf);
  return [...causes].flatMap(([cause, runs]) => {
    const [newest] = runs;
    return newest ? [runNeed(cause, newest, { times: runs.length, now })] : [];
  });
}

const causeOf = ({ kind, state, backup, namespaces, problem }: EndedRun): string => {
  const about = kind === 'backup' ? JSON.stringify(namespaces) : (backup ?? '');
  return [kind, state, about, problem?.code ?? ''].join('|');
};

function makesGood(later: EndedRun, run: EndedRun): boolean {
  if (later.kind !== run.kind) return false;
  if (run.kind !== 'backup') return later.state === 'completed' && later.backup === run.backup;
  return (
    ['completed', 'partial'].includes(later.state) && reaches(later.namespaces, run.namespaces)
  );
}

function reaches(one: EndedRun['namespaces'], other: EndedRun['namespaces']): boolean {
  if (one === 'all') return true;
  return other !== 'all' && other.every((name) => one.includes(name));
}

function runNeed(
  cause: string,
  run: EndedRun,
  { times, now }: { times: number; now: number },
): Need {
  const again = times > 1 ? ` ${count(times, 'time')} in a row.` : '';
  const why = run.problem ? `${run.problem.title} ${run.problem.detail}` : 'Its log says more.';
  return {
    id: `run|${cause}`,
    state: needStateOf(run.state),
    sentence: `${subjectOf(run)} ${verbOf(run.state)} ${relative(new Date(run.createdAt).toISOString(), now)}`,
    detail: `${why}${again}`,
    action: actionFor(run),
  };
}

function needStateOf(state: RunState): NeedState {
  if (state === 'interrupted' || state === 'partial') return state;
  return 'failed';
}

const verbOf = (state: RunState): string =>
  state === 'interrupted' ? 'was interrupted' : state === 'partial' ? 'ended in part' : 'failed';

function subjectOf({ kind, backup, namespaces }: EndedRun): string {
  const name = backup ?? '';
  switch (kind) {
    case 'backup':
      return namespaces === 'all'
        ? 'The backup of the whole cluster'
        : `The backup of ${listed(namespaces)}`;
    case 'restore':
      return `The restore from ${name}`;
    case 'verify':
      return `The verification of ${name}`;
    case 'export':
      return `The export of ${name}`;
    case 'delete':
      return `The deletion of ${name}`;
    case 'maintenance':
      return 'Maintenance';
  }
}

function actionFor({ id, kind, backup, namespaces }: EndedRun): Need['action'] {
  const chosen = namespaces === 'all' ? null : [...namespaces];
  switch (kind) {
    case 'backup':
      return action({ label: 'Back up again', what: 'backUp', run: id, namespaces: chosen });
    case 'restore':
      return action({ label: 'Show the restore', what: 'openRun', run: id, backup });
    case 'verify':
      return action({ label: 'Verify again', what: 'verify', run: id, backup });
    case 'export':
    case 'delete':
      return action({ label: 'Show the backup', what: 'openBackup', run: id, backup });
    case 'maintenance':
      return null;
  }
}
