import { isObject, type JsonObject } from '#shared/json/lossless.ts';
import { type Body, fieldAt, listAt, textAt, withField, withoutFields } from './body.models.ts';

/** The job as it is created: held, so that no pod of it starts before its status says that it is over. */
export const heldJob = (job: Body): Body => withField(job, ['spec', 'suspend'], true);

/** Whether the job of the backup wants to be held at the end, too. */
export const wantsSuspension = (job: Body): boolean => fieldAt(job, ['spec', 'suspend']) === true;

/** What only a running job has; the API server refuses it beside a condition of the end. */
const ofRunning = ['active', 'ready', 'terminating', 'uncountedTerminatedPods'];

/**
 * The status that makes a job finished. Since 1.31 the API server wants to see *why* before *that*:
 * SuccessCriteriaMet before Complete, FailureTarget before Failed; older backups lack them.
 */
export function finishedStatus(job: Body): JsonObject {
  const status = fieldAt(job, ['status']);
  const rest = withoutFields(
    isObject(status) ? status : {},
    ofRunning.map((field) => [field]),
  );
  const conditions = listAt(rest, ['conditions']).filter(isObject);
  return { ...rest, conditions: [...missingCause(conditions), ...conditions] };
}

function missingCause(conditions: readonly JsonObject[]): JsonObject[] {
  const has = (type: string) =>
    conditions.find((condition) => textAt(condition, ['type']) === type);
  const complete = has('Complete');
  const failed = has('Failed');
  if (complete && !has('SuccessCriteriaMet')) return [{ ...complete, type: 'SuccessCriteriaMet' }];
  if (failed && !has('FailureTarget')) return [{ ...failed, type: 'FailureTarget' }];
  return [];
}
