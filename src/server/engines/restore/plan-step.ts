import type { ApiResource } from '../../kubernetes/client.types.ts';
import type { Decision } from '../engine.ts';
import { addressesOf, clusterIpOf } from './addresses.models.ts';
import { type Body, textAt } from './body.models.ts';
import { sayReleasedVolume, sayVolumeGone, type VolumeUse } from './volumes.models.ts';
import { checksInFlight } from './concurrency.ts';
import { type Kinds, describeKind } from './kinds.ts';
import { type Verdict, decideCreate, decideExisting, decisionOf, verdict } from './plan-decide.ts';
import { type LiveFact, type LiveKind, placeKey, readLive } from './plan-live.ts';
import { bareNamespace } from './plan-needed.ts';
import type { Owners } from './plan-owners.ts';
import { type Candidate, readStored } from './plan-scan.ts';
import { createTurns, forEachBounded } from './pool.ts';
import { isPutEverywhere, willWriteOver } from './put-everywhere.models.ts';
import { leftToCluster } from './put-everywhere.models.ts';
import type { RestoreGiven } from './restore.types.ts';

export type PlanContext = RestoreGiven & {
  kinds: Kinds;
  found: ReadonlyMap<string, Candidate>;
  namespaces: ReadonlyMap<string, { terminating: boolean }>;
  owners: Owners;
  /** Places in the target that are spoken for: two namespaces may be mapped onto one. */
  places: Set<string>;
  volumes: () => Promise<ReadonlyMap<string, VolumeUse>>;
  onDecision: (decision: Decision) => Promise<void>;
  signal: AbortSignal | undefined;
};

type Open = {
  candidate: Candidate;
  live: LiveFact | undefined;
  addresses: ReadonlyMap<string, string>;
};

/** Decides about the objects of one step: at once where the lists suffice, then those whose body is needed. */
export async function planStep(
  context: PlanContext,
  candidates: readonly Candidate[],
): Promise<void> {
  const open = new Map<string, Open>();
  for (const [resource, group] of Map.groupBy(candidates, ({ at }) => at.resource)) {
    const known = context.kinds.get(resource);
    const live = known
      ? await readLive(context.target, { candidates: group, known, signal: context.signal })
      : null;
    for (const candidate of group) {
      const fact = factFor(context, candidate, live);
      const early = await decideEarly(context, { candidate, live, fact });
      if (early) await context.onDecision(decisionOf(candidate, early, fact));
      else
        open.set(candidate.path, {
          candidate,
          live: fact,
          addresses: live?.addresses ?? new Map(),
        });
    }
  }
  if (open.size > 0) await decideOpen(context, open);
}

/** In a namespace that is being deleted everything is about to go. */
function factFor({ namespaces }: PlanContext, { place }: Candidate, live: LiveKind | null) {
  const fact = live?.facts.get(placeKey(place.namespace, place.name));
  const going = namespaces.get(place.namespace ?? '')?.terminating;
  return fact && going ? { ...fact, leaving: true } : fact;
}

/** What can be said without the body; null: it must be read. */
async function decideEarly(
  context: PlanContext,
  {
    candidate,
    live,
    fact,
  }: { candidate: Candidate; live: LiveKind | null; fact: LiveFact | undefined },
): Promise<Verdict | null> {
  const taken = takePlace(context, candidate);
  if (taken) return taken;
  if (candidate.problem !== null) return verdict('blocked', candidate.problem);
  const left = whySkipped(candidate, fact) ?? (await context.owners.whyLeft(candidate));
  if (left !== null) return verdict('skip', left);
  const refusal = live?.refusal ?? (await whyMissing(context, candidate));
  if (refusal !== null) return verdict('blocked', refusal);
  if (!fact || fact.leaving) return null;
  if (!fact.differing) return verdict('unchanged');
  return candidate.isLeftToCluster ? verdict('unchanged', leftToCluster) : null;
}

/** What is on its way out counts as absent: the restore waits until it is. */
const whySkipped = ({ skip, skipIfAbsent }: Candidate, fact: LiveFact | undefined) =>
  fact && !fact.leaving ? skip : skipIfAbsent;

/** Two namespaces may be mapped onto one: the first object of a name has the place. */
function takePlace({ places }: PlanContext, { at, place }: Candidate): Verdict | null {
  const key = JSON.stringify([at.resource, place.namespace, place.name]);
  if (!places.has(key)) {
    places.add(key);
    return null;
  }
  return at.resource === 'namespaces'
    ? verdict('skip', 'Another namespace of the backup is mapped to the same one.')
    : verdict('conflict', 'Another object of the backup is mapped to the same place.');
}

async function whyMissing(
  context: PlanContext,
  { at, apiVersion }: Candidate,
): Promise<string | null> {
  const isComing = !context.kinds.get(at.resource) && isBeingDefined(context, at.resource);
  return isComing ? null : context.kinds.whyMissing(at.resource, apiVersion);
}

const definitionOf = (resource: string) =>
  `resources/customresourcedefinitions.apiextensions.k8s.io/cluster/${resource}.json`;

const isBeingDefined = ({ found }: PlanContext, resource: string) =>
  found.has(definitionOf(resource));

async function decideOpen(context: PlanContext, open: ReadonlyMap<string, Open>): Promise<void> {
  const bare = [...open.values()].flatMap(({ candidate }) =>
    candidate.oid === '' ? (bareNamespace(candidate.path, candidate.at) ?? []) : [],
  );
  const inTurn = createTurns();
  const decide = async (stored: { path: string; json: Buffer }) => {
    const one = open.get(stored.path);
    if (!one) return;
    await inTurn(decideOne(context, one, readStored(stored)), (given) =>
      context.onDecision(
        decisionOf(one.candidate, given, one.live?.leaving ? undefined : one.live),
      ),
    );
  };
  const limits = { limit: checksInFlight, signal: context.signal };
  await forEachBounded(bare, limits, decide);
  await forEachBounded(
    context.source.objects({ wants: (path) => open.has(path) }, context.signal),
    limits,
    decide,
  );
}

async function decideOne(
  context: PlanContext,
  { candidate, live, addresses }: Open,
  stored: Body,
): Promise<Verdict> {
  const kind = kindOf(context, candidate);
  const given = { ...context, candidate, stored, kind };
  if (live?.differing && !live.leaving) return decideExisting({ ...given, live: live.differing });
  const decided = await decideCreate({
    ...given,
    checkable: isCheckable(context, candidate, live),
    addressTaken: addressTaken(kind, stored, { addresses, candidate }),
  });
  const volume = await whyWithoutData(context, candidate, stored);
  const waits = live?.leaving
    ? 'What stands in its place is being deleted; the restore waits for that.'
    : null;
  const over = isPutEverywhere(candidate.at.resource, candidate.place.name) ? willWriteOver : null;
  return { ...decided, reason: decided.reason ?? waits ?? over ?? volume };
}

const kindOf = ({ kinds }: PlanContext, { at, kind, apiVersion }: Candidate): ApiResource =>
  describeKind(
    { resource: at.resource, kind, apiVersion, namespaced: at.namespace !== null },
    kinds.get(at.resource),
  );

/** The kind and the namespace are there, and nothing is in the way. */
function isCheckable(
  { kinds, namespaces }: PlanContext,
  { at, place }: Candidate,
  live?: LiveFact,
): boolean {
  if (!kinds.get(at.resource) || live?.leaving) return false;
  if (place.namespace === null) return true;
  return namespaces.get(place.namespace)?.terminating === false;
}

function addressTaken(
  kind: ApiResource,
  stored: Body,
  { addresses, candidate }: { addresses: ReadonlyMap<string, string>; candidate: Candidate },
): string | null {
  const own = placeKey(candidate.place.namespace, candidate.place.name);
  const taken = addressesOf(kind, stored).filter(
    (address) => addresses.has(address) && addresses.get(address) !== own,
  );
  if (taken.length === 0) return null;
  const what = taken.map((address) =>
    address === clusterIpOf(stored) ? `cluster IP ${address}` : `node port ${address}`,
  );
  return `Its ${what.join(' and ')} ${taken.length === 1 ? 'is' : 'are'} not free here; it gets another one.`;
}

/** A claim whose volume is gone is provisioned anew, and empty; one whose volume was released waits. */
async function whyWithoutData(
  context: PlanContext,
  { at, place }: Candidate,
  stored: Body,
): Promise<string | null> {
  if (at.resource !== 'persistentvolumeclaims') return null;
  const name = textAt(stored, ['spec', 'volumeName']);
  if (name === '') return null;
  const volume = context.found.get(`resources/persistentvolumes/cluster/${name}.json`);
  const comesAlong = volume?.skipIfAbsent === null;
  const use = (await context.volumes()).get(name);
  if (!use) return comesAlong ? null : sayVolumeGone(name);
  if (use.claim === '') return null;
  if (use.claim !== `${place.namespace}/${place.name}`) return sayVolumeGone(name);
  return use.isReleased && !comesAlong ? sayReleasedVolume(name) : null;
}
