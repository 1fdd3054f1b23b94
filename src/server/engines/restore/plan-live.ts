import type { ApiResource } from '../../kubernetes/client.types.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { EngineCluster } from '../engine.ts';
import { addressesOf } from './addresses.models.ts';
import { type Body, isLeaving, nameOf, textAt, uidOf } from './body.models.ts';
import { contentHash, fingerprint } from './fingerprint.ts';
import { describeKind } from './kinds.ts';
import { liveObjects } from './live-objects.ts';
import { isReleased } from './volumes.models.ts';
import type { Candidate } from './plan-scan.ts';
import { explain } from './refusals.models.ts';

export type LiveFact = {
  uid: string;
  fingerprint: string;
  leaving: boolean;
  /** Null: equal to the backup's. */
  differing: Body | null;
};

export type LiveKind = {
  facts: ReadonlyMap<string, LiveFact>;
  /** Addresses that Services hold, with the Service that holds them. */
  addresses: ReadonlyMap<string, string>;
  /** Why the kind could not be listed. */
  refusal: string | null;
};

export const placeKey = (namespace: string | null, name: string): string =>
  JSON.stringify([namespace, name]);

/**
 * The live state of one kind against its candidates, from one paged list. Bodies are kept only of
 * objects that differ.
 */
export async function readLive(
  target: Pick<EngineCluster, 'client'>,
  given: { candidates: readonly Candidate[]; known: ApiResource; signal?: AbortSignal | undefined },
): Promise<LiveKind> {
  const facts = new Map<string, LiveFact>();
  const addresses = new Map<string, string>();
  const wanted = new Map(
    given.candidates.map((one) => [placeKey(one.place.namespace, one.place.name), one]),
  );
  const see = (body: Body) => {
    const key = placeKey(textAt(body, ['metadata', 'namespace']) || null, nameOf(body));
    for (const address of addressesOf(given.known, body)) addresses.set(address, key);
    const candidate = wanted.get(key);
    if (candidate) facts.set(key, factOf(candidate, body));
  };
  try {
    for await (const body of liveObjects(listOf(target, given))) see(body);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { facts, addresses, refusal: explain(error, { sealed: false }) };
  }
  return { facts, addresses, refusal: null };
}

/** In the version of the backup, so that both sides can be compared; of one namespace when one will do. */
function listOf(target: Pick<EngineCluster, 'client'>, given: Parameters<typeof readLive>[1]) {
  const [first] = given.candidates;
  const namespaces = new Set(given.candidates.map(({ place }) => place.namespace));
  const [only] = namespaces;
  const single =
    namespaces.size === 1 && given.known.plural !== 'services' ? (only ?? undefined) : undefined;
  const resource = first
    ? describeKind(
        {
          resource: first.at.resource,
          kind: first.kind,
          apiVersion: first.apiVersion,
          namespaced: given.known.namespaced,
        },
        given.known,
      )
    : given.known;
  return { client: target.client, resource, namespace: single, signal: given.signal };
}

function factOf(candidate: Candidate, body: Body): LiveFact {
  const { strip, sealed } = candidate;
  const same =
    contentHash(body, strip) === candidate.hash &&
    !(candidate.at.resource === 'persistentvolumes' && isReleased(body));
  return {
    uid: uidOf(body),
    fingerprint: fingerprint(body, { ...strip, sealed }),
    leaving: isLeaving(body),
    differing: same ? null : body,
  };
}
