import { createHash } from 'node:crypto';
import { type Body, resourceVersionOf } from './body.models.ts';
import { normalisedText } from './normalise.models.ts';
import type { StripOptions } from './strip.models.ts';

/** Digest of the normalised form. */
export const contentHash = (body: Body, options: StripOptions): string =>
  createHash('sha256').update(normalisedText(body, options)).digest('base64url');

/**
 * What a plan remembers of a live object, to see later whether it changed. Of sealed kinds it is the
 * version: the digest of a short secret, kept in a database, could be guessed.
 */
export const fingerprint = (body: Body, options: StripOptions & { sealed: boolean }): string =>
  options.sealed ? `version:${resourceVersionOf(body)}` : contentHash(body, options);
