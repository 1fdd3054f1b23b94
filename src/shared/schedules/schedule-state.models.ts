import type { RunState } from '../runs/runs.contract.ts';
import { absolute, span } from '../words/format.models.ts';
import type { Durations, ScheduleState, SlotState } from './schedule.contract.ts';

/** Instants and lengths are milliseconds. */
export type ScheduleFacts = {
  now: number;
  /** Null: nobody could look at the history. */
  history: {
    /** The newest slot that was decided; null: none was yet. */
    last: {
      at: number;
      state: SlotState;
      reason: string | null;
      run: { state: RunState; startedAt: number | null } | null;
    } | null;
    /** When the capture of the newest restore point began. */
    lastGood: number | null;
  } | null;
  isPaused: boolean;
  /** The first slot that was not decided yet; may be over. Null: there is none. */
  next: number | null;
  /** The one after that. */
  afterNext: number | null;
  /** Added to each slot. */
  jitter: number;
  durations: Pick<Durations, 'p90' | 'p99' | 'runs'> | null;
  targetRpo: number | null;
};

const fiveMinutes = 300_000;
/** Fewer runs say nothing about what is unusual. */
const enoughRuns = 5;

/** How long after its slot a run may begin before it is late: less than a quarter of the interval. */
export function graceOf({ next, afterNext, durations }: ScheduleFacts): number {
  const half = (durations?.p90 ?? 0) / 2;
  const interval = next !== null && afterNext !== null ? afterNext - next : Infinity;
  return Math.min(Math.max(fiveMinutes, half), interval / 4);
}

/** The state of a schedule and one sentence about it, from its timetable and what was decided. */
export function scheduleState(facts: ScheduleFacts): { state: ScheduleState; sentence: string } {
  if (facts.isPaused) return { state: 'paused', sentence: 'It rests: no slot fires.' };
  if (facts.history === null)
    return { state: 'unknown', sentence: 'Its history cannot be read just now.' };
  return overdue(facts) ?? ofLast(facts, facts.history.last);
}

/** A slot that came, and about which nothing was decided. */
function overdue(facts: ScheduleFacts): { state: ScheduleState; sentence: string } | null {
  const { next, afterNext, now, jitter } = facts;
  if (next === null) return null;
  const since = now - next - jitter;
  if (since <= graceOf(facts)) return null;
  if ((afterNext !== null && now >= afterNext + jitter) || isBeyondRpo(facts))
    return { state: 'missed', sentence: `The slot of ${said(next)} did not happen.` };
  return { state: 'late', sentence: `The slot of ${said(next)} is ${span(since)} late.` };
}

function isBeyondRpo({ history, targetRpo, now }: ScheduleFacts): boolean {
  const lastGood = history?.lastGood ?? null;
  return targetRpo !== null && lastGood !== null && now - lastGood > targetRpo;
}

type Last = NonNullable<ScheduleFacts['history']>['last'];

function ofLast(facts: ScheduleFacts, last: Last): { state: ScheduleState; sentence: string } {
  if (last === null)
    return { state: 'upcoming', sentence: 'It is new: its first slot is still to come.' };
  switch (last.state) {
    case 'missed':
      return { state: 'missed', sentence: `${said(last.at)}: ${last.reason ?? 'missed.'}` };
    case 'skipped':
      return { state: 'missed', sentence: `${said(last.at)} was skipped: ${last.reason ?? ''}` };
    case 'paused':
      return { state: 'upcoming', sentence: 'It goes on from its next slot.' };
    case 'fired':
    case 'caughtUp':
      return last.run === null
        ? { state: 'unknown', sentence: `What became of ${said(last.at)} is not kept any more.` }
        : ofRun(facts, last, last.run);
  }
}

type LastRun = NonNullable<NonNullable<Last>['run']>;

function ofRun(
  facts: ScheduleFacts,
  { at, state }: NonNullable<Last>,
  run: LastRun,
): { state: ScheduleState; sentence: string } {
  switch (run.state) {
    case 'queued':
    case 'waiting':
      return ofWaiting(facts, at);
    case 'running':
      return ofRunning(facts, run);
    case 'completed':
      return state === 'fired'
        ? { state: 'onTime', sentence: `${said(at)} came on time.` }
        : { state: 'onTime', sentence: `${said(at)} was made up for.` };
    case 'partial':
      return { state: 'partial', sentence: `${said(at)}: something could not be read.` };
    case 'failed':
    case 'interrupted':
    case 'canceled':
      return { state: 'failed', sentence: `The run of ${said(at)} was ${wordOf[run.state]}.` };
  }
}

const wordOf = { failed: 'a failure', interrupted: 'interrupted', canceled: 'canceled' } as const;

function ofWaiting(facts: ScheduleFacts, at: number): { state: ScheduleState; sentence: string } {
  const since = facts.now - at - facts.jitter;
  if (since <= graceOf(facts))
    return { state: 'running', sentence: `The run of ${said(at)} waits for its turn.` };
  return { state: 'late', sentence: `The run of ${said(at)} has waited for ${span(since)}.` };
}

function ofRunning(
  { now, durations }: ScheduleFacts,
  { startedAt }: LastRun,
): { state: ScheduleState; sentence: string } {
  const since = startedAt === null ? 0 : now - startedAt;
  const isStuck = durations !== null && durations.runs >= enoughRuns && since > durations.p99 * 1.5;
  if (!isStuck) return { state: 'running', sentence: `It has been running for ${span(since)}.` };
  const usual = `nearly all took less than ${span(durations.p99)}`;
  return { state: 'stuck', sentence: `It has been running for ${span(since)}; ${usual}.` };
}

const said = (at: number): string => absolute(new Date(at).toISOString());
