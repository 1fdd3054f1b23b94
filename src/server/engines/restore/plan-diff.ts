import type { Change } from '#shared/backups/contents.contract.ts';
import { diffJson, hideValues } from '#shared/backups/diff.models.ts';
import type { Decision } from '../engine.ts';
import { parsePath } from '../paths.models.ts';
import type { Body } from './body.models.ts';
import { describeKind, discoverKinds } from './kinds.ts';
import { mergeForUpdate, withOwners } from './merge.models.ts';
import { normalise } from './normalise.models.ts';
import { ownersOf } from './owners.models.ts';
import { readStored } from './plan-scan.ts';
import { prepare, statusHandling, stripOptions } from './prepare.models.ts';
import { objectsNotInBackup } from './restore.errors.ts';
import type { RestoreGiven } from './restore.types.ts';
import { addressOf, getLive } from './waits.ts';

/**
 * What the plan would change in one object, computed now: from the live object (`before`) to what would
 * be written (`after`), both normalised. Of sealed kinds the names of what changes, no values. Throws
 * `restores.objects_not_found`, and ApiError when the target cannot be asked.
 */
export async function planDiff(
  { source, target, options, decision }: RestoreGiven & { decision: Decision },
  signal?: AbortSignal,
): Promise<{ sealed: boolean; changes: Change[] }> {
  const stored = await source.readObject(decision.path);
  const at = parsePath(decision.path);
  if (!stored || !at) throw objectsNotInBackup([decision.path]);
  const { resource } = decision;
  const known = (await discoverKinds(target.client, signal)).get(resource);
  const strip = stripOptions(resource, statusHandling(known, { resource, options }));
  const kind = describeKind({ ...decision, namespaced: decision.namespace !== null }, known);
  const live = known ? await getLive(target.client, addressOf({ decision, kind })) : null;
  const wanted = prepare(readStored(stored), { at, options, strip });
  const after = live ? overLive({ resource, keepStatus: strip.keepStatus, wanted, live }) : wanted;
  const changes = diffJson(live ? normalise(live, strip) : undefined, normalise(after, strip));
  return { sealed: stored.sealed, changes: stored.sealed ? hideValues(changes) : changes };
}

function overLive(given: Parameters<typeof mergeForUpdate>[0]): Body {
  const { body, missingOwners } = mergeForUpdate(given);
  return withOwners(body, [...ownersOf(body), ...missingOwners]);
}
