import type { PlannedAction, PlannedObject } from '#shared/restores/restores.contract.ts';
import type { ApiResource } from '../../kubernetes/client.types.ts';
import type { Decision } from '../engine.ts';
import { type Body, textAt } from './body.models.ts';
import { normalisedText } from './normalise.models.ts';
import { mergeForUpdate, withOwners } from './merge.models.ts';
import { isReleased } from './volumes.models.ts';
import { stepOf } from './order.models.ts';
import { controllerOf, ownerKey, ownersOf } from './owners.models.ts';
import { checkCreate, checkReplace, checkUpdate } from './plan-check.ts';
import type { LiveFact } from './plan-live.ts';
import type { Owners } from './plan-owners.ts';
import type { Candidate } from './plan-scan.ts';
import { creationOf, prepare } from './prepare.models.ts';
import type { RestoreGiven } from './restore.types.ts';

export type Verdict = {
  action: PlannedAction;
  reason: string | null;
  checked: PlannedObject['checked'];
};

export const verdict = (action: PlannedAction, reason: string | null = null): Verdict => ({
  action,
  reason,
  checked: 'notNeeded',
});

export function decisionOf(candidate: Candidate, given: Verdict, live?: LiveFact): Decision {
  const { at, place } = candidate;
  return {
    path: candidate.path,
    resource: at.resource,
    kind: candidate.kind,
    namespace: place.namespace,
    name: place.name,
    action: given.action,
    reason: given.reason,
    checked: given.checked,
    alsoNeeded: candidate.alsoNeeded,
    oid: candidate.oid,
    apiVersion: candidate.apiVersion,
    step: stepOf(at.resource),
    liveUid: live?.uid ?? null,
    liveHash: live?.fingerprint ?? null,
  };
}

type Given = RestoreGiven & {
  candidate: Candidate;
  stored: Body;
  kind: ApiResource;
  owners: Owners;
  signal?: AbortSignal | undefined;
};

/** An object that the target lacks. `checkable`: its kind and namespace are there. */
export async function decideCreate(
  given: Given & { checkable: boolean; addressTaken: string | null },
): Promise<Verdict> {
  const { candidate, stored, options } = given;
  if (!given.checkable)
    return { action: 'create', reason: given.addressTaken, checked: 'notBeforehand' };
  const wanted = prepare(stored, { at: candidate.at, options, strip: candidate.strip });
  const { early } = creationOf(wanted, { resource: candidate.at.resource, stored });
  const { allowed, checked, reason } = await checkCreate({
    ...given,
    place: candidate.place,
    sealed: candidate.sealed,
    body: early,
    othersComeFirst: true,
  });
  return { action: allowed ? 'create' : 'blocked', reason, checked };
}

/** An object that the target has, and that is not equal at first sight. */
export async function decideExisting(given: Given & { live: Body }): Promise<Verdict> {
  const { candidate, live, options } = given;
  const merged = await wantedOver(given);
  if (isEqual(merged, given)) return verdict('unchanged');
  const other = whoseElse(candidate, { live, wanted: merged });
  if (other) return verdict('conflict', other);
  if (options.conflictPolicy === 'skip')
    return verdict('skip', 'It exists and differs; the conflict policy keeps it as it is.');
  const replaced = options.conflictPolicy === 'replace';
  if (replaced && !holdsOthers.has(candidate.at.resource)) return decideReplace(given);
  const check = await checkUpdate({
    ...given,
    place: candidate.place,
    sealed: candidate.sealed,
    body: merged,
  });
  if (!check.allowed) return { action: 'blocked', reason: check.reason, checked: check.checked };
  if (check.answer && isEqual(withOwners(check.answer, ownersOf(merged)), given))
    return { action: 'unchanged', reason: null, checked: 'dryRun' };
  const reason = replaced
    ? 'It is updated, not replaced: deleting it would delete what it holds.'
    : check.reason;
  return { action: 'update', reason, checked: check.checked };
}

async function decideReplace(given: Given & { live: Body }): Promise<Verdict> {
  const { candidate, stored, options } = given;
  const { resource } = candidate.at;
  const wanted = prepare(stored, { at: candidate.at, options, strip: candidate.strip });
  const body = creationOf(wanted, { resource, stored }).early;
  const check = await checkReplace({
    ...given,
    place: candidate.place,
    sealed: candidate.sealed,
    body,
  });
  if (!check.allowed) return { action: 'blocked', reason: check.reason, checked: check.checked };
  const reason = 'It exists and differs: it is deleted and created anew.';
  return { action: 'replace', reason, checked: check.checked };
}

/** Deleting one of these deletes the objects or the data in it. */
const holdsOthers: ReadonlySet<string> = new Set([
  'namespaces',
  'customresourcedefinitions.apiextensions.k8s.io',
  'persistentvolumes',
  'persistentvolumeclaims',
]);

async function wantedOver({
  candidate,
  stored,
  options,
  live,
  owners,
}: Given & { live: Body }): Promise<Body> {
  const { at, place, strip } = candidate;
  const prepared = prepare(stored, { at, options, strip });
  const kept = await owners.resolvable(ownersOf(prepared), place.namespace);
  const { body, missingOwners } = mergeForUpdate({
    resource: at.resource,
    keepStatus: strip.keepStatus,
    wanted: withOwners(prepared, kept),
    live,
  });
  return withOwners(body, [...ownersOf(body), ...missingOwners]);
}

const isEqual = (body: Body, { candidate, live }: { candidate: Candidate; live: Body }): boolean =>
  normalisedText(body, candidate.strip) === normalisedText(live, candidate.strip) &&
  !(candidate.at.resource === 'persistentvolumes' && isReleased(live));

/** Something else has taken the place of the backed-up object: overwriting it would start a fight. */
function whoseElse(
  candidate: Candidate,
  { live, wanted }: { live: Body; wanted: Body },
): string | null {
  const controller = controllerOf(live);
  if (
    controller &&
    (!candidate.controller || ownerKey(controller) !== ownerKey(candidate.controller))
  )
    return `It now belongs to ${controller.kind} ${controller.name}, which keeps it as it is.`;
  const inUse =
    candidate.at.resource === 'persistentvolumes' && textAt(live, ['status', 'phase']) === 'Bound';
  return inUse && claimOf(live) !== claimOf(wanted)
    ? `The volume is in use by the claim ${claimOf(live)}.`
    : null;
}

const claimOf = (volume: Body): string =>
  `${textAt(volume, ['spec', 'claimRef', 'namespace'])}/${textAt(volume, ['spec', 'claimRef', 'name'])}`;
