import type { StoredObject } from '../engine.ts';
import { type ObjectPath, parsePath } from '../paths.models.ts';
import { type Body, isLeaving, type OwnerRef, parseBody, textAt, uidOf } from './body.models.ts';
import { whyNotRestored } from './cluster-made.models.ts';
import { contentHash } from './fingerprint.ts';
import type { Kinds } from './kinds.ts';
import { mapPlace } from './mapping.models.ts';
import { controllerOf } from './owners.models.ts';
import { prepare, statusHandling, stripOptions } from './prepare.models.ts';
import { isAsPut, leftToCluster } from './put-everywhere.models.ts';
import { objectUnreadable } from './restore.errors.ts';
import type { RestoreGiven } from './restore.types.ts';
import { createSelection } from './selection.models.ts';
import type { StripOptions } from './strip.models.ts';
import { ProblemError } from '../../platform/problems.ts';

/** What the plan keeps of one object of the backup while it is made: no body. */
export type Candidate = {
  path: string;
  oid: string;
  sealed: boolean;
  /** In the backup. */
  at: ObjectPath;
  /** In the target. */
  place: ObjectPath;
  kind: string;
  apiVersion: string;
  uid: string;
  controller: OwnerRef | null;
  alsoNeeded: boolean;
  strip: StripOptions;
  hash: string;
  /** Why it is not restored, in any case or when the target lacks it. */
  skip: string | null;
  skipIfAbsent: string | null;
  /** Nothing of people is in it: where it exists, the one that the cluster put there is as good. */
  isLeftToCluster: boolean;
  /** Why it cannot be: a modifier does not fit. */
  problem: string | null;
};

/** The chosen objects by path. One pass over the backup; bodies are read and let go. */
export async function scan(
  { source, options }: RestoreGiven,
  kinds: Kinds,
  signal?: AbortSignal,
): Promise<Map<string, Candidate>> {
  const selection = createSelection(options);
  const found = new Map<string, Candidate>();
  for await (const stored of source.objects({ wants: selection.wantsPath }, signal)) {
    const body = readStored(stored);
    if (selection.wantsBody(body))
      found.set(stored.path, candidateOf({ stored, body, options, alsoNeeded: false }, kinds));
  }
  return found;
}

/** Throws `restores.object_unreadable`. */
export function readStored(stored: Pick<StoredObject, 'path' | 'json'>): Body {
  try {
    return parseBody(stored.json);
  } catch (error) {
    throw objectUnreadable(stored.path, error);
  }
}

export function candidateOf(
  given: {
    stored: StoredObject;
    body: Body;
    options: RestoreGiven['options'];
    alsoNeeded: boolean;
  },
  kinds: Kinds,
): Candidate {
  const { stored, body, options } = given;
  const at = parsePath(stored.path) ?? { resource: '', namespace: null, name: '' };
  const status = statusHandling(kinds.get(at.resource), { resource: at.resource, options });
  const strip = stripOptions(at.resource, status);
  const { wanted, problem } = wantedOf(() => prepare(body, { at, options, strip }));
  const left = wanted && isAsPut(at.resource, wanted) ? leftToCluster : null;
  return {
    path: stored.path,
    oid: stored.oid,
    sealed: stored.sealed,
    at,
    place: mapPlace(options.namespaceMapping ?? {}, at),
    kind: textAt(body, ['kind']),
    apiVersion: textAt(body, ['apiVersion']),
    uid: uidOf(body),
    controller: controllerOf(body),
    alsoNeeded: given.alsoNeeded,
    strip,
    skip: whyNotRestored(at.resource, body, { isLive: true }),
    skipIfAbsent: isLeaving(body)
      ? null
      : (whyNotRestored(at.resource, body, { isLive: false }) ?? left),
    isLeftToCluster: left !== null,
    hash: wanted ? contentHash(wanted, strip) : '',
    problem,
  };
}

function wantedOf(compute: () => Body): { wanted: Body | null; problem: string | null } {
  try {
    return { wanted: compute(), problem: null };
  } catch (error) {
    if (error instanceof ProblemError) return { wanted: null, problem: error.problem.title };
    throw error;
  }
}
