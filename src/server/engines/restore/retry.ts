import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { Execution } from './execution.types.ts';
import { isConflict, isNotYet, isTerminating, isTrouble } from './refusals.models.ts';

const tries = 5;

/** Whether the same write may well be accepted a moment later. */
const mayPass = (error: ApiError): boolean =>
  isTrouble(error) || isConflict(error) || isNotYet(error) || isTerminating(error);

/** Waits before the next try, longer each time; throws the error when there should be none. */
export async function beforeNextTry(
  { options, patience, context }: Execution,
  error: unknown,
  failures: number,
): Promise<void> {
  const worthIt = error instanceof ApiError && mayPass(error) && !options.dryRun;
  if (!worthIt || failures >= tries) throw error;
  await sleep(patience.pause * 2 ** (failures - 1), undefined, { signal: context.signal });
}
