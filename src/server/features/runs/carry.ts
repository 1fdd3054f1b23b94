import type { Problem } from '#shared/http/problem.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunContext } from '../../engines/engine.ts';
import { ProblemError } from '../../platform/problems.ts';
import type { StoredRun, WorkEnd } from '../../platform/runs.types.ts';
import { problemOf } from './failure.ts';
import { letGo, putBack } from './put-back.ts';
import { createReporter } from './reporter.ts';
import type { RunnerNeeds } from './runner.types.ts';
import type { Claim, RunEnd } from './runs.claims.repository.ts';
import { interrupted } from './runs.errors.ts';
import { afterCrash } from './runs.models.ts';

/** A run that this process carries out right now. */
export type Going = { run: Run; controller: AbortController; done: Promise<void> };

type Carried = {
  claim: Claim;
  stored: StoredRun;
  entry: Going;
  announce: (stored: Pick<StoredRun, 'run' | 'namespaces'>) => void;
};

type End = Omit<RunEnd, 'at'> & Pick<WorkEnd, 'commit'>;

const reportEvery = 300;

/** Carries out one claimed run and writes how it ended; nothing when another holder has it by then. */
export async function carry(carried: Carried, needs: RunnerNeeds): Promise<void> {
  const { claim, stored, entry, announce } = carried;
  announce(stored);
  const reporter = await reporterOf(carried, needs);
  const { signal } = entry.controller;
  const context: RunContext = {
    run: claim.id,
    signal,
    progress: reporter.progress,
    log: reporter.log,
  };
  const end = await outcome(carried, context, needs);
  if (end.problem) reporter.log('error', `${end.problem.title} ${end.problem.detail}`);
  await reporter.close();
  if (signal.reason === 'fenced') return;
  if (end.state === 'queued') await putBack(stored, needs);
  else {
    await finish(carried, end, needs);
    await letGo(stored, needs);
  }
  await tellEnd(carried, needs);
}

async function reporterOf({ claim, stored, entry, announce }: Carried, needs: RunnerNeeds) {
  const { claims, runs, clock, log } = needs;
  return createReporter({
    firstSeq: await runs.nextSeq(claim.id),
    now: () => clock().epochMilliseconds,
    every: reportEvery,
    write: async (progress, lines) => {
      await claims.report(claim, progress, lines);
      announce({ run: { ...stored.run, progress }, namespaces: stored.namespaces });
    },
    onFailure: (error) => {
      if (isFenced(error)) entry.controller.abort('fenced');
      else log.warn({ err: error, run: claim.id }, 'progress of a run could not be written');
    },
  });
}

async function outcome(
  { stored, entry }: Carried,
  context: RunContext,
  { works, log }: RunnerNeeds,
): Promise<End> {
  const work = works[stored.run.kind];
  try {
    context.signal.throwIfAborted();
    return await work.carryOut(stored, context);
  } catch (error) {
    const how = whyEnded(entry.controller.signal.reason, stored, error);
    if (how.problem && how.problem.status >= 500)
      log.error({ err: error, run: stored.run.id, kind: stored.run.kind }, how.problem.code);
    return { ...how, result: null, commit: async (db) => work.undo?.(stored, db) };
  }
}

function whyEnded(
  reason: unknown,
  { run, fence }: StoredRun,
  error: unknown,
): { state: RunEnd['state']; problem: Problem | null } {
  if (reason === 'canceled') return { state: 'canceled', problem: null };
  if (reason !== 'stopping') return { state: 'failed', problem: problemOf(error, run.kind) };
  const state = afterCrash({ run, fence });
  return { state, problem: state === 'interrupted' ? interrupted().problem : null };
}

/** What was done must be written down: a database that cannot be written (a full disk) is asked again. */
async function finish({ claim }: Carried, { commit, ...end }: End, needs: RunnerNeeds) {
  const { claims, clock, log } = needs;
  for (let wait = 200; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      await claims.finish(claim, { ...end, at: clock().epochMilliseconds }, commit);
      return;
    } catch (error) {
      if (isFenced(error) || needs.stopped()) throw error;
      log.error({ err: error, run: claim.id }, 'end of a run could not be written; trying again');
      await needs.makeRoom();
      await sleep(wait);
    }
  }
}

async function tellEnd({ claim, announce }: Carried, { runs, publish, onEnd }: RunnerNeeds) {
  const ended = await runs.find(claim.id);
  if (!ended) return;
  const { cluster, kind, backup } = ended.run;
  announce(ended);
  onEnd?.(ended.run);
  if (kind !== 'maintenance')
    publish({ type: 'changed', cluster, what: 'backups', id: backup }, ended.namespaces);
}

export const isFenced = (error: unknown) =>
  error instanceof ProblemError && error.problem.code === 'runs.fenced';
