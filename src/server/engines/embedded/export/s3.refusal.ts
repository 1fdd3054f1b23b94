import type { ProblemError } from '../../../platform/problems.ts';
import {
  bucketUnknown,
  credentialsRefused,
  notS3,
  redirected,
  storeRefused,
  storeUnreachable,
} from './export.errors.ts';

const passing = new Set([429, 500, 502, 503, 504]);

/** What an answer other than success means, in sentences. */
export function refusal(given: {
  status: number;
  /** S3's own word for it, when it gave one. */
  code: string | undefined;
  bucket: string;
}): ProblemError {
  const { status, code, bucket } = given;
  const reason = code ?? `status ${status}`;
  if (code === 'NoSuchBucket') return bucketUnknown(bucket);
  if (status >= 300 && status < 400) return redirected(status);
  if (passing.has(status) || code === 'InternalError') return storeUnreachable(reason);
  if (status === 401 || status === 403) return credentialsRefused(reason);
  return code === undefined && status < 500 ? notS3() : storeRefused(reason);
}
