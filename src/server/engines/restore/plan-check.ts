import type { PlannedObject } from '#shared/restores/restores.contract.ts';
import { printJson } from '#shared/json/lossless.ts';
import type { ApiResource } from '../../kubernetes/client.types.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { EngineCluster } from '../engine.ts';
import {
  type TakenAddress,
  releaseAddress,
  sayReleased,
  takenAddress,
} from './addresses.models.ts';
import { type Body, parseBody } from './body.models.ts';
import type { ObjectPath } from '../paths.models.ts';
import {
  alreadyExists,
  cannotDryRun,
  explain,
  isNotYet,
  isTerminating,
} from './refusals.models.ts';

export type Checked = {
  allowed: boolean;
  checked: PlannedObject['checked'];
  reason: string | null;
  /** What the API server would store; null when it was not asked or refused. */
  answer: Body | null;
};

type Given = {
  target: Pick<EngineCluster, 'client'>;
  kind: ApiResource;
  place: ObjectPath;
  body: Body;
  sealed: boolean;
  signal?: AbortSignal | undefined;
};

type CreateGiven = Given & {
  /** Earlier steps may bring what the API server misses now. */
  othersComeFirst: boolean;
  mayExist?: boolean;
};

/** Asks the API server whether it would create the object. Changes nothing. */
export async function checkCreate(given: CreateGiven): Promise<Checked> {
  const released: TakenAddress[] = [];
  let body = given.body;
  for (;;) {
    try {
      const { kind, place } = given;
      const at = { resource: kind, ...inside(place) };
      const answer = parseBody(
        await given.target.client.create(at, printJson(body), { dryRun: true, ...signalOf(given) }),
      );
      const reason = released.length > 0 ? sayReleased(given.body, released) : null;
      return { allowed: true, checked: 'dryRun', reason, answer };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const taken = given.kind.plural === 'services' ? takenAddress(error.message) : null;
      if (!taken || released.includes(taken)) return refused(error, given);
      released.push(taken);
      body = releaseAddress(body, taken);
    }
  }
}

/**
 * Asks whether the object could be created, were its place free: admission, quotas included, comes
 * before the look at the name. Deleting first and asking then could lose it.
 */
export async function checkReplace(given: Given): Promise<Checked> {
  const check = await checkCreate({ ...given, othersComeFirst: false, mayExist: true });
  return { ...check, reason: check.allowed ? null : check.reason };
}

/** Asks the API server whether it would take the update. Changes nothing. */
export async function checkUpdate(given: Given): Promise<Checked> {
  const at = { resource: given.kind, ...inside(given.place), name: given.place.name };
  try {
    const answer = await given.target.client.update(at, printJson(given.body), {
      dryRun: true,
      ...signalOf(given),
    });
    return { allowed: true, checked: 'dryRun', reason: null, answer: parseBody(answer) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return refused(error, { ...given, othersComeFirst: false });
  }
}

const notBeforehand = (reason: string): Checked => ({
  allowed: true,
  checked: 'notBeforehand',
  reason,
  answer: null,
});

function refused(error: ApiError, given: CreateGiven): Checked {
  if (given.mayExist && alreadyExists(error))
    return { allowed: true, checked: 'dryRun', reason: null, answer: null };
  if (cannotDryRun(error))
    return {
      allowed: true,
      checked: 'notCheckable',
      reason: 'An admission webhook does not support dry runs, so it could not be asked.',
      answer: null,
    };
  if (isTerminating(error) || alreadyExists(error))
    return notBeforehand('What stands in its place is being deleted; the restore waits for that.');
  if (given.othersComeFirst && isNotYet(error))
    return notBeforehand('It needs something that this restore brings back before it.');
  return { allowed: false, checked: 'dryRun', reason: explain(error, given), answer: null };
}

const inside = ({ namespace }: ObjectPath) => (namespace === null ? {} : { namespace });
const signalOf = ({ signal }: Given) => (signal ? { signal } : {});
