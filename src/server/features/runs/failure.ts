import type { Problem } from '#shared/http/problem.ts';
import type { RunKind } from '#shared/runs/runs.contract.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import { ProblemError } from '../../platform/problems.ts';
import { clusterRefused, diskFull, runBroke } from './runs.errors.ts';

/** What to tell people about an error that ended a run. */
export function problemOf(error: unknown, kind: RunKind): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof ApiError) return clusterRefused(error.message, error).problem;
  return (isDiskFull(error) ? diskFull(error, kind) : runBroke(error)).problem;
}

function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'ENOSPC' || code === 'EDQUOT' || code.startsWith('SQLITE_FULL');
}
