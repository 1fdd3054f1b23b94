import { ProblemError } from '../../../platform/problems.ts';
import type { RunContext } from '../../engine.ts';
import type { Destination } from './destination.types.ts';
import { endpointInvalid, nameTaken, notS3, prefixInvalid } from './export.errors.ts';
import { type S3Client, type S3Target, type S3Timing, createS3Client } from './s3.client.ts';
import { elementOf, keyOf, normalEndpoint, normalPrefix } from './s3.models.ts';
import { upload } from './s3.upload.ts';
import { descriptionFile } from './velero-layout.models.ts';

/**
 * Writes to a bucket below `[prefix/]backups/<name>/`. Without the description Velero ignores what
 * lies there, so files that a killed export left are no backup and are replaced.
 */
export async function openS3(
  given: { target: S3Target; name: string; timing: S3Timing } & Pick<RunContext, 'signal' | 'log'>,
): Promise<Destination> {
  const { target, name, timing, signal, log } = given;
  const endpoint = normalEndpoint(target.endpoint);
  const prefix = normalPrefix(target.prefix);
  if (endpoint === null) throw endpointInvalid();
  if (prefix === null) throw prefixInvalid();
  const client = createS3Client(target, { endpoint, timing });
  const place = (file: string) => keyOf({ prefix, name, file });
  const description = place(descriptionFile);
  if (await holds({ client, key: description, signal }))
    throw nameTaken(name, `the bucket ${target.bucket}`);
  const written: string[] = [];
  const write = async (file: string, body: AsyncIterable<Uint8Array>) => {
    written.push(place(file));
    await upload({ client, key: place(file), signal }, body);
  };
  return {
    write,
    publish: async (file, body) => {
      written.push(place(file));
      await client({ method: 'PUT', key: place(file), body, signal });
    },
    discard: async () => {
      try {
        // The description first: from then on Velero sees nothing.
        for (const key of written.toReversed())
          await client({ method: 'DELETE', key, cleaning: true });
      } catch (error) {
        log('warning', `Files below ${place('')} could not be removed: ${sentenceOf(error)}`);
      }
    },
  };
}

/** Asked by a list, whose refusal comes with a reason: that of a HEAD has none. */
async function holds(given: { client: S3Client; key: string; signal: AbortSignal }) {
  const { client, key, signal } = given;
  const query = { 'list-type': '2', prefix: key, 'max-keys': '1' };
  const { text } = await client({ method: 'GET', query, signal });
  if (!text.includes('ListBucketResult')) throw notS3();
  return elementOf(text, 'Key') === key;
}

const sentenceOf = (error: unknown): string =>
  error instanceof ProblemError ? error.problem.title : 'unknown error';
