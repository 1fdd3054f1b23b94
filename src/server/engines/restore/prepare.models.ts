import type { RestoreOptions } from '#shared/restores/restores.contract.ts';
import type { ApiResource } from '../../kubernetes/client.types.ts';
import type { ObjectPath } from '../paths.models.ts';
import { type Body, withField } from './body.models.ts';
import { isFinishedJob } from './cluster-made.models.ts';
import { heldJob } from './finished-job.models.ts';
import { splitLate, type Split } from './late.models.ts';
import { mapBody } from './mapping.models.ts';
import { modify } from './modifiers.models.ts';
import { globPattern } from './selection.models.ts';
import { strip, type StripOptions } from './strip.models.ts';

type Options = Pick<RestoreOptions, 'namespaceMapping' | 'modifiers' | 'status'>;

/** How the status of a kind is handled: part of the object, written beside it, or not at all. */
export type StatusHandling = 'data' | 'asked' | 'left';

export function statusHandling(
  kind: ApiResource | undefined,
  given: { resource: string; options: Options },
): StatusHandling {
  if (kind && !kind.subresources.includes('status')) return 'data';
  const asked = given.options.status?.some((glob) => globPattern(glob).test(given.resource));
  if (asked) return 'asked';
  return kind ? 'left' : 'data';
}

export const stripOptions = (resource: string, status: StatusHandling): StripOptions => ({
  resource,
  keepStatus: status !== 'left',
});

/**
 * The object of a backup as the restore wants it in the target: modified, mapped, stripped. Throws
 * `restores.modifier_invalid`.
 */
export function prepare(
  stored: Body,
  given: { at: ObjectPath; options: Options; strip: StripOptions },
): Body {
  const { at, options } = given;
  const modified = modify(stored, at, options.modifiers ?? []);
  return strip(mapBody(options.namespaceMapping ?? {}, at.resource, modified), given.strip);
}

export type Creation = Split & {
  /** The job had finished: it is created held, then told that it is over. */
  finishedJob: boolean;
};

/** What is POSTed: without owners, whose uids are not known yet, and without what must come late. */
export function creationOf(wanted: Body, given: { resource: string; stored: Body }): Creation {
  const { early, late } = splitLate(given.resource, wanted);
  const finishedJob = isFinishedJob(given.resource, given.stored);
  const body = withField(early, ['metadata', 'ownerReferences'], undefined);
  return { early: finishedJob ? heldJob(body) : body, late, finishedJob };
}
