import { ApiError } from '../../kubernetes/api-error.ts';
import type { Decision, PlanOutcome } from '../engine.ts';
import { isLeaving, nameOf } from './body.models.ts';
import { type Kinds, discoverKinds } from './kinds.ts';
import { type VolumeUse, volumeUse } from './volumes.models.ts';
import { liveObjects } from './live-objects.ts';
import { assertModifiers } from './modifier-rules.models.ts';
import { lastStep, stepOf } from './order.models.ts';
import { type LiveNamespaces, namespacesWithout, notesOf } from './plan-notes.models.ts';
import { addNeeded } from './plan-needed.ts';
import { createOwners } from './plan-owners.ts';
import { type Candidate, scan } from './plan-scan.ts';
import { planStep } from './plan-step.ts';
import { nothingSelected, objectsNotInBackup } from './restore.errors.ts';
import type { RestoreGiven } from './restore.types.ts';

/**
 * Says for every chosen object what a restore would do, in the order in which it would go. Changes
 * nothing: one paged list per kind of the target, then dry runs. Bodies pass through one by one.
 * Throws `restores.selector_invalid`, `.modifier_invalid`, `.objects_not_found`, `.nothing_selected`, `.object_unreadable`,
 * and ApiError when the target cannot be asked at all.
 */
export async function planRestore(
  given: RestoreGiven & { onDecision: (decision: Decision) => Promise<void> },
  signal?: AbortSignal,
): Promise<PlanOutcome> {
  assertModifiers(given.options.modifiers ?? []);
  const kinds = await discoverKinds(given.target.client, signal);
  const found = await scan(given, kinds, signal);
  assertFound(given, found);
  const namespaces = await readNamespaces(given, kinds, signal);
  await addNeeded({ ...given, found, liveNamespaces: namespaces }, kinds);
  const context = {
    ...given,
    kinds,
    found,
    namespaces,
    owners: createOwners({ found, client: given.target.client, kinds, signal }),
    places: new Set<string>(),
    volumes: volumesOf(given, kinds, signal),
    signal,
  };
  for (let step = 0; step <= lastStep; step += 1)
    await planStep(
      context,
      [...found.values()].filter(({ at }) => stepOf(at.resource) === step),
    );
  return {
    notes: notesOf(given, { found: [...found.values()], namespaces }),
    revision: given.source.revision,
    targetUid: given.target.uid,
  };
}

function assertFound({ options }: RestoreGiven, found: ReadonlyMap<string, Candidate>): void {
  const missing = (options.objects ?? []).filter((path) => !found.has(path));
  const narrowed =
    options.labelSelector !== undefined ||
    options.namespaces !== undefined ||
    options.kinds !== undefined;
  if (missing.length > 0 && !narrowed) throw objectsNotInBackup(missing);
  if (found.size === 0) throw nothingSelected(namespacesWithout(options, found.values()));
}

async function readNamespaces(
  { target }: RestoreGiven,
  kinds: Kinds,
  signal?: AbortSignal,
): Promise<LiveNamespaces> {
  const resource = kinds.get('namespaces');
  const found = new Map<string, { terminating: boolean }>();
  if (!resource) return found;
  for await (const body of liveObjects({ client: target.client, resource, signal }))
    found.set(nameOf(body), { terminating: isLeaving(body) });
  return found;
}

/** What each live volume is kept for; listed when first asked for. */
function volumesOf(
  { target }: RestoreGiven,
  kinds: Kinds,
  signal?: AbortSignal,
): () => Promise<ReadonlyMap<string, VolumeUse>> {
  let listed: Promise<ReadonlyMap<string, VolumeUse>> | null = null;
  const list = async () => {
    const uses = new Map<string, VolumeUse>();
    const resource = kinds.get('persistentvolumes');
    if (!resource) return uses;
    try {
      for await (const body of liveObjects({ client: target.client, resource, signal }))
        uses.set(nameOf(body), volumeUse(body));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
    return uses;
  };
  return () => (listed ??= list());
}
