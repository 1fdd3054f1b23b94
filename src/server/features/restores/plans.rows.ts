import * as z from 'zod/mini';
import { dayLength } from '#shared/time/lengths.models.ts';
import {
  type Plan,
  plan as planSchema,
  plannedObject,
  type RestoreOptions,
  restoreOptions,
} from '#shared/restores/restores.contract.ts';
import type { Decision } from '../../engines/engine.ts';
import type { Reach } from '../../platform/runs.types.ts';
import type { Tables } from '../../platform/tables.ts';

/** A plan with what people do not see of it. */
export type StoredPlan = {
  plan: Omit<Plan, 'state'>;
  expiresAt: number;
  revision: string;
  targetUid: string;
  /** Target namespaces; `all`: objects of the whole cluster are in it. */
  namespaces: Reach;
};

export type NewPlan = {
  id: string;
  cluster: string;
  source: string;
  backup: string;
  createdBy: string;
  createdAt: number;
  options: RestoreOptions;
};
export type PlanEnd = {
  revision: string;
  targetUid: string;
  namespaces: Reach;
  counts: Plan['counts'];
  notes: readonly string[];
  createdAt: number;
  expiresAt: number;
};

export type Numbered = Decision & { seq: number };

const names = z.array(z.string());

/** The revision of a plan that is being made, or being given up: nobody finds or uses it. */
export const notOpen = '';

const longestMaking = dayLength;

/** A plan that is being made: after a crash it says whose objects and holds are to be given back. */
export const begunRow = (given: NewPlan): Tables['plan'] => ({
  id: given.id,
  cluster: given.cluster,
  source: given.source,
  backup: given.backup,
  revision: notOpen,
  created_by: given.createdBy,
  created_at: given.createdAt,
  expires_at: given.createdAt + longestMaking,
  target_uid: '',
  namespaces: null,
  options_json: JSON.stringify(given.options),
  counts_json: '{}',
  notes_json: '[]',
  run: null,
});

export const endColumns = (end: PlanEnd) => ({
  revision: end.revision,
  target_uid: end.targetUid,
  namespaces: end.namespaces === 'all' ? null : JSON.stringify(end.namespaces),
  counts_json: JSON.stringify(end.counts),
  notes_json: JSON.stringify(end.notes),
  created_at: end.createdAt,
  expires_at: end.expiresAt,
});

export function readPlan(row: Tables['plan']): StoredPlan {
  return {
    plan: {
      id: row.id,
      cluster: row.cluster,
      source: row.source,
      backup: row.backup,
      createdBy: row.created_by,
      createdAt: new Date(row.created_at).toISOString(),
      expiresAt: new Date(row.expires_at).toISOString(),
      options: restoreOptions.parse(fromJson(row.options_json)),
      counts: planSchema.shape.counts.parse(fromJson(row.counts_json)),
      notes: planSchema.shape.notes.parse(fromJson(row.notes_json)),
      run: row.run,
    },
    expiresAt: row.expires_at,
    revision: row.revision,
    targetUid: row.target_uid,
    namespaces: row.namespaces === null ? 'all' : names.parse(fromJson(row.namespaces)),
  };
}

const fromJson = (text: string): unknown => JSON.parse(text);

export const objectRow = (plan: string, decision: Numbered): Tables['plan_object'] => ({
  plan,
  seq: decision.seq,
  path: decision.path,
  oid: decision.oid,
  resource: decision.resource,
  kind: decision.kind,
  api_version: decision.apiVersion,
  namespace: decision.namespace,
  name: decision.name,
  action: decision.action,
  reason: decision.reason,
  checked: decision.checked,
  also_needed: decision.alsoNeeded ? 1 : 0,
  step: decision.step,
  live_uid: decision.liveUid,
  live_hash: decision.liveHash,
});

export const readDecision = (row: Tables['plan_object']): Numbered => ({
  seq: row.seq,
  path: row.path,
  oid: row.oid,
  resource: row.resource,
  kind: row.kind,
  apiVersion: row.api_version,
  namespace: row.namespace,
  name: row.name,
  action: plannedObject.shape.action.parse(row.action),
  reason: row.reason,
  checked: plannedObject.shape.checked.parse(row.checked),
  alsoNeeded: row.also_needed === 1,
  step: row.step,
  liveUid: row.live_uid,
  liveHash: row.live_hash,
});
