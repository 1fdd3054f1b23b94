import type { RunKind, RunState } from '#shared/runs/runs.contract.ts';
import { ProblemError } from '../../platform/problems.ts';

export const runUnknown = (run: string) =>
  new ProblemError({
    code: 'runs.unknown',
    status: 404,
    title: `There is no run ${run} here, or you may not see it.`,
    detail: 'Nothing was changed. Reload the list of runs.',
  });

export const runOver = (state: RunState) =>
  new ProblemError({
    code: 'runs.over',
    status: 409,
    title: `The run is already over: ${state}.`,
    detail: 'Nothing was changed. What it did stays as it is.',
  });

export const begun = (state: RunState) =>
  new ProblemError({
    code: 'runs.begun',
    status: 409,
    title: `The run waits no more: ${state}.`,
    detail: 'Nothing was changed. Only runs that wait have a place in the queue.',
  });

export const placeUnknown = () =>
  new ProblemError({
    code: 'runs.place_unknown',
    status: 400,
    title: 'A run can only go before another one that waits in the same cluster.',
    detail: 'Nothing was changed. “queue show” lists those that wait; or give a priority.',
  });

export const interrupted = () =>
  new ProblemError({
    code: 'runs.interrupted',
    status: 500,
    title: 'Lifeboat stopped while this run was going on.',
    detail: 'Nothing half-done is visible, and what was there before is unharmed. Start it again.',
  });

/** Another holder has claimed the run since: whatever this one still writes must not count. */
export const fenced = (run: string) =>
  new ProblemError({
    code: 'runs.fenced',
    status: 409,
    title: `The run ${run} has been taken over.`,
    detail: 'Nothing that was written afterwards counts.',
  });

/** A mistake of ours: its cause goes to the log, not to the reader. */
export const runBroke = (cause: unknown) =>
  new ProblemError(
    {
      code: 'runs.broken',
      status: 500,
      title: 'The run ended by a fault inside Lifeboat.',
      detail:
        'Nothing half-done is visible, and what was there before is unharmed. The log of the server has the cause; start the run again.',
    },
    cause,
  );

export const clusterRefused = (message: string, cause: unknown) =>
  new ProblemError(
    {
      code: 'runs.cluster_refused',
      status: 502,
      title: `The cluster did not do what was asked: ${message}`,
      detail: 'What was there before is unharmed. Check the cluster, then start the run again.',
    },
    cause,
  );

/** A restore writes into the cluster, which no full disk undoes. */
export const diskFull = (cause: unknown, kind: RunKind) =>
  new ProblemError(
    {
      code: 'runs.disk_full',
      status: 507,
      title: 'The disk is full.',
      detail:
        kind === 'restore'
          ? 'What it had restored is in the cluster. Make room, then plan the restore again: what is there already is found unchanged.'
          : 'Nothing half-done is visible, and earlier backups are unharmed. Make room, then start the run again.',
    },
    cause,
  );

export const stopping = () =>
  new ProblemError({
    code: 'server.stopping',
    status: 503,
    title: 'Lifeboat is stopping.',
    detail: 'Nothing was started. Try again when it is back.',
  });
