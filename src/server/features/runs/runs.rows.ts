import * as z from 'zod/mini';
import { problem, progress, run, type Run } from '#shared/runs/runs.contract.ts';
import type { Tables } from '../../platform/tables.ts';
import type { NewRun, Reach, StoredRun } from '../../platform/runs.types.ts';
import { nothingDone } from './runs.models.ts';

function parseJson(text: string): unknown {
  return JSON.parse(text);
}

const names = z.array(z.string());
const counts = z.record(z.string(), z.number());

export function readRun(row: Tables['run']): StoredRun {
  const read: Run = {
    id: row.id,
    cluster: row.cluster,
    kind: run.shape.kind.parse(row.kind),
    state: run.shape.state.parse(row.state),
    reason: row.reason,
    backup: row.backup,
    plan: row.plan,
    priority: run.shape.priority.parse(row.priority),
    schedule: row.schedule,
    slot: row.slot_at === null ? null : toIso(row.slot_at),
    createdBy: row.created_by,
    createdAt: toIso(row.created_at),
    startedAt: row.started_at === null ? null : toIso(row.started_at),
    finishedAt: row.finished_at === null ? null : toIso(row.finished_at),
    progress: progress.parse(parseJson(row.progress_json)),
    problem: row.problem_json === null ? null : problem.parse(parseJson(row.problem_json)),
    result: row.result_json === null ? null : counts.parse(parseJson(row.result_json)),
  };
  const namespaces: Reach =
    row.namespaces === null ? 'all' : names.parse(parseJson(row.namespaces));
  return {
    run: read,
    namespaces,
    spec: parseJson(row.spec_json),
    fence: row.fence,
    rank: row.rank,
  };
}

export function newRow(given: NewRun, id: string, now: number): Tables['run'] {
  return {
    id,
    cluster: given.cluster,
    kind: given.kind,
    state: 'queued',
    reason: null,
    backup: given.backup,
    plan: given.plan,
    namespaces: given.namespaces === 'all' ? null : JSON.stringify(given.namespaces),
    spec_json: JSON.stringify(given.spec),
    created_by: given.createdBy,
    created_at: now,
    started_at: null,
    finished_at: null,
    progress_json: JSON.stringify(nothingDone),
    problem_json: null,
    result_json: null,
    cancel_requested: 0,
    fence: 0,
    priority: given.priority ?? 'high',
    rank: given.rank ?? now,
    schedule: given.schedule ?? null,
    slot_at: given.slotAt ?? null,
  };
}

export const toIso = (at: number): string => new Date(at).toISOString();
