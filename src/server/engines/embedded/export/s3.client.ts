import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { ExportTarget } from '#shared/backups/contents.contract.ts';
import { ProblemError } from '../../../platform/problems.ts';
import { storeUnreachable } from './export.errors.ts';
import { addressOf, errorCode } from './s3.models.ts';
import { refusal } from './s3.refusal.ts';

export type S3Target = NonNullable<ExportTarget['s3']>;

type S3Request = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  key?: string;
  query?: Readonly<Record<string, string>>;
  body?: Uint8Array;
  signal?: AbortSignal;
  /** Tidying up after a failure: one short try, nobody should wait for it. */
  cleaning?: true;
};
type S3Answer = { headers: Headers; text: string };

/** @throws ProblemError `export.…`, with the server's error code and never the credentials. */
export type S3Client = (request: S3Request) => Promise<S3Answer>;

export type S3Timing = {
  /** Milliseconds for one request, body included. */
  within: number;
  /** Milliseconds before each further try. */
  waits: readonly number[];
};
export const usualTiming: S3Timing = { within: 120_000, waits: [500, 2000] };
const cleaningWithin = 5000;

const answerCap = 1024 * 1024;

/**
 * Signed requests, each with a time limit, following no redirect. What broke on the way or answers
 * *not now* is tried again; a refusal and an abort are not.
 */
export function createS3Client(
  target: S3Target,
  { endpoint, timing }: { endpoint: string; timing: S3Timing },
): S3Client {
  return async (request) => {
    for (const wait of request.cleaning ? [] : timing.waits) {
      const answer = await attempt(request).catch((error: unknown) => keepTrying(request, error));
      if (answer) return answer;
      await sleep(wait, undefined, request.signal ? { signal: request.signal } : {});
    }
    return attempt(request);
  };

  async function attempt(request: S3Request): Promise<S3Answer> {
    try {
      const within = request.cleaning ? cleaningWithin : timing.within;
      const response = await send({ target, endpoint, within }, request);
      const text = await readCapped(response);
      // An upload can fail while it is put together, with the status 200.
      if (response.ok && !text.includes('<Error>')) return { headers: response.headers, text };
      throw refusal({ status: response.status, code: errorCode(text), bucket: target.bucket });
    } catch (error) {
      if (error instanceof ProblemError || request.signal?.aborted) throw error;
      throw storeUnreachable(reasonOf(error), error);
    }
  }
}

function keepTrying({ signal }: S3Request, error: unknown): undefined {
  const passing =
    error instanceof ProblemError && error.problem.code === 'export.store_unreachable';
  if (!passing || signal?.aborted) throw error;
}

async function send(
  given: { target: S3Target; endpoint: string; within: number },
  { method, key = '', query = {}, body, signal }: S3Request,
): Promise<Response> {
  const { target, endpoint, within } = given;
  const { bucket, region, accessKeyId, secretAccessKey } = target;
  // Signed too: some servers refuse unsigned bodies over plain HTTP, and it proves the bytes.
  const digest = createHash('sha256')
    .update(body ?? '')
    .digest('hex');
  const signer = new AwsV4Signer({
    method,
    url: addressOf({ endpoint, bucket, key, query }),
    headers: { 'x-amz-content-sha256': digest },
    accessKeyId,
    secretAccessKey,
    region,
    service: 's3',
  });
  const { url, headers } = await signer.sign();
  const limit = AbortSignal.timeout(within);
  return fetch(url, {
    method,
    headers,
    redirect: 'manual',
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
}

/** Answers are short; whoever sends more is no S3 server, and is not read to its end. */
async function readCapped(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    length += part.length;
    if (length > answerCap) break;
  }
  return Buffer.concat(parts).toString();
}

/** A code such as ECONNREFUSED: the sentence could repeat what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return 'the connection broke';
}
