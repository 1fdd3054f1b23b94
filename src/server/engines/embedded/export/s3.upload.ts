import type { S3Client } from './s3.client.ts';
import { notS3 } from './export.errors.ts';
import { completion, elementOf, partBytes } from './s3.models.ts';

type Upload = { client: S3Client; key: string; signal: AbortSignal };

/**
 * Writes a body of unknown length with one part of it in memory: small ones in a single request,
 * larger ones as an upload in parts that cannot be seen before it is complete.
 */
export async function upload(given: Upload, body: AsyncIterable<Uint8Array>): Promise<void> {
  const parts = inParts(body)[Symbol.asyncIterator]();
  const { client, key, signal } = given;
  try {
    const first = (await parts.next()).value ?? Buffer.alloc(0);
    const second = await parts.next();
    if (second.done) await client({ method: 'PUT', key, body: first, signal });
    else await uploadParts(given, joined([first, second.value], parts));
  } finally {
    await parts.return?.();
  }
}

async function uploadParts(given: Upload, parts: AsyncIterable<Buffer>): Promise<void> {
  const { client, key, signal } = given;
  const begun = await client({ method: 'POST', key, query: { uploads: '' }, signal });
  const uploadId = elementOf(begun.text, 'UploadId');
  if (uploadId === undefined) throw notS3();
  try {
    const tags: string[] = [];
    for await (const body of parts) {
      const query = { partNumber: String(tags.length + 1), uploadId };
      const { headers } = await client({ method: 'PUT', key, query, body, signal });
      tags.push(headers.get('etag') ?? '');
    }
    const body = Buffer.from(completion(tags));
    await client({ method: 'POST', key, query: { uploadId }, body, signal });
  } catch (error) {
    await client({ method: 'DELETE', key, query: { uploadId }, cleaning: true }).catch(unseen);
    throw error;
  }
}

/** Parts of an upload that was never completed cannot be seen; the first error is the one to tell. */
const unseen = (): void => {};

async function* joined(
  before: readonly Buffer[],
  rest: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer, void> {
  yield* before;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** The same bytes in pieces of the size of a part; the last one is shorter. */
async function* inParts(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    pieces.push(piece);
    length += piece.length;
    if (length < partBytes) continue;
    const whole = Buffer.concat(pieces);
    const cut = whole.length - (whole.length % partBytes);
    for (let at = 0; at < cut; at += partBytes) yield whole.subarray(at, at + partBytes);
    pieces = [whole.subarray(cut)];
    length = whole.length - cut;
  }
  if (length > 0) yield Buffer.concat(pieces);
}
