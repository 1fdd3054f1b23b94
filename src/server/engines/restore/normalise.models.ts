import { type JsonObject, isObject, printCanonically } from '#shared/json/lossless.ts';
import { type Body, listAt, withField } from './body.models.ts';
import { strip, type StripOptions } from './strip.models.ts';

/**
 * What "equal" means for Lifeboat. Two objects are equal when they agree after leaving out
 * - of every object: `uid`, `resourceVersion`, `generation`, `creationTimestamp`, `selfLink`,
 *   `managedFields`, marks of deletion, the uids within owner references, and `status` (kept for
 *   kinds without a status subresource, where it is data like any other);
 * - of some kinds what the cluster writes itself: the table in strip.models.ts.
 * Empty labels, annotations, finalizers and owner references count as absent; numbers are compared
 * with all their digits.
 */
export function normalise(body: Body, options: StripOptions): Body {
  const stripped = strip(body, options);
  const owners = listAt(stripped, ['metadata', 'ownerReferences']).filter(isObject);
  if (owners.length === 0) return stripped;
  return withField(stripped, ['metadata', 'ownerReferences'], owners.map(withoutUid));
}

const withoutUid = (owner: JsonObject): JsonObject => withField(owner, ['uid'], undefined);

/** Equal normalised forms have equal texts, whatever the order of their keys. */
export const normalisedText = (body: Body, options: StripOptions): string =>
  printCanonically(normalise(body, options));
