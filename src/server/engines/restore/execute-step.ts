import { ApiError } from '../../kubernetes/api-error.ts';
import { ProblemError } from '../../platform/problems.ts';
import type { StoredObject } from '../engine.ts';
import { parsePath } from '../paths.models.ts';
import { writesInFlight } from './concurrency.ts';
import type { Execution, Numbered, Result, Task } from './execution.types.ts';
import { isUnfinished } from './finishing.ts';
import { describeKind } from './kinds.ts';
import { splitLate } from './late.models.ts';
import type { Ledger } from './ledger.ts';
import { bareNamespace } from './plan-needed.ts';
import { readStored } from './plan-scan.ts';
import { forEachBounded } from './pool.ts';
import { prepare, statusHandling, stripOptions } from './prepare.models.ts';
import { explain, isTrouble } from './refusals.models.ts';
import type { RestoreSource } from './restore.types.ts';
import { createObject } from './write-create.ts';
import { replaceObject } from './write-replace.ts';
import { updateObject } from './write-update.ts';

type Step = { source: RestoreSource; batch: readonly Numbered[]; ledger: Ledger };

/** The objects of one step, in the order in which the backup yields them, several at once. */
export async function restoreStep(x: Execution, { source, batch, ledger }: Step): Promise<void> {
  const open = new Map<string, Numbered>();
  for (const decision of batch) {
    const settled = settledByPlan(decision);
    if (ledger.isKnown(decision)) x.resumed = true;
    else if (settled) ledger.settle(decision, settled);
    else open.set(decision.path, decision);
  }
  const trouble = { inARow: 0 };
  const restore = async (stored: StoredObject) => {
    const decision = open.get(stored.path);
    open.delete(stored.path);
    ledger.assertWritten();
    if (decision) await restoreOne(x, { decision, stored, ledger, trouble });
  };
  const limits = { limit: writesInFlight, signal: x.context.signal };
  if (open.size > 0)
    await forEachBounded(
      source.objects({ wants: (path) => open.has(path) }, x.context.signal),
      limits,
      restore,
    );
  await forEachBounded([...open.values()], limits, (decision) =>
    restoreMissing(decision, { ledger, restore }),
  );
}

/** What the plan has decided for good. */
function settledByPlan({ action, reason, liveUid }: Numbered): Result | null {
  if (action === 'unchanged') return { outcome: 'unchanged', message: null, uid: liveUid };
  if (action === 'skip') return { outcome: 'skipped', message: reason, uid: liveUid };
  if (action === 'conflict') return { outcome: 'conflict', message: reason, uid: liveUid };
  return action === 'blocked' ? { outcome: 'failed', message: reason, uid: liveUid } : null;
}

/** The backup has no such object: a namespace that chosen objects need is made bare. */
async function restoreMissing(
  decision: Numbered,
  given: { ledger: Ledger; restore: (stored: StoredObject) => Promise<void> },
): Promise<void> {
  const at = parsePath(decision.path);
  const bare = at && decision.oid === '' ? bareNamespace(decision.path, at) : null;
  if (bare) return given.restore(bare);
  given.ledger.settle(decision, {
    outcome: 'failed',
    message: 'The backup no longer holds it. Verify the backup.',
    uid: null,
  });
}

async function restoreOne(
  x: Execution,
  given: { decision: Numbered; stored: StoredObject; ledger: Ledger; trouble: { inARow: number } },
): Promise<void> {
  const { decision, stored, ledger, trouble } = given;
  try {
    const task = taskOf(x, decision, stored);
    if (waitsAltogether(task))
      return ledger.keep({ task, act: () => guarded(task, () => write(x, task)), isRule: true });
    const result = await write(x, task);
    trouble.inARow = 0;
    if (isUnfinished(result))
      ledger.keep({ task, act: async () => result, isRule: (result.late ?? null) !== null });
    else ledger.settle(decision, result);
  } catch (error) {
    if (isUnreachable(error, trouble)) throw error;
    ledger.settle(decision, failed(error, stored));
  }
}

/** An update that brings back what could refuse later objects is made after them, as a whole. */
const waitsAltogether = ({ decision, wanted }: Task): boolean =>
  decision.action === 'update' && splitLate(decision.resource, wanted).late !== null;

function taskOf(x: Execution, decision: Numbered, { json, path, sealed }: StoredObject): Task {
  const stored = readStored({ path, json });
  const at = parsePath(path) ?? {
    resource: decision.resource,
    namespace: decision.namespace,
    name: decision.name,
  };
  const known = x.kinds.get(decision.resource);
  const kind = describeKind({ ...decision, namespaced: decision.namespace !== null }, known);
  const status = statusHandling(known, { resource: decision.resource, options: x.options });
  const strip = stripOptions(decision.resource, status);
  return {
    decision,
    kind,
    strip,
    status,
    sealed,
    stored,
    wanted: prepare(stored, { at, options: x.options, strip }),
  };
}

function write(x: Execution, task: Task): Promise<Result> {
  if (task.decision.action === 'update') return updateObject(x, task);
  return task.decision.action === 'replace' ? replaceObject(x, task) : createObject(x, task);
}

async function guarded(task: Task, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    return failed(error, task);
  }
}

/** Only what speaks of this one object; anything else ends the run. */
function failed(error: unknown, { sealed }: { sealed: boolean }): Result {
  if (error instanceof ApiError)
    return { outcome: 'failed', message: explain(error, { sealed }), uid: null };
  if (error instanceof ProblemError)
    return { outcome: 'failed', message: error.problem.title, uid: null };
  throw error;
}

/** The server, not the object, is at fault: after a round of failures nothing more is tried. */
function isUnreachable(error: unknown, trouble: { inARow: number }): boolean {
  trouble.inARow =
    error instanceof ApiError && isTrouble(error) && error.status === 0 ? trouble.inARow + 1 : 0;
  return trouble.inARow > writesInFlight;
}
