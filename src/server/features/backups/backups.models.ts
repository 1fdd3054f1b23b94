import { milliseconds } from '#shared/schedules/duration.models.ts';
import { absolute } from '#shared/words/format.models.ts';
import type { Backup, Pin } from '#shared/backups/backups.contract.ts';
import { isObject, type Json, parseJsonObject, printJson } from '#shared/json/lossless.ts';
import { parsePath } from '../../engines/paths.models.ts';
import type { Reach } from '../../platform/runs.types.ts';

export const expiry = (completedAt: number, retention: string | undefined): number | null =>
  retention === undefined ? null : completedAt + milliseconds(retention);

/** `manual-20261123120000` (UTC); with `-2`, `-3`… when taken. */
export function freeName(now: Temporal.Instant, taken: (name: string) => boolean): string {
  const digits = now.toString({ smallestUnit: 'second' }).replaceAll(/\D/g, '');
  const name = `manual-${digits}`;
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken(candidate)) return candidate;
  }
}

/** A pin holds through its last instant, and for ever without one. */
export const holds = ({ until }: Pick<Pin, 'until'>, now: number): boolean =>
  until === null || now <= Date.parse(until);

type Kept = {
  now: number;
  /** What the schedule that made it says; null: it is gone; undefined: none made it. */
  bySchedule: readonly string[] | null | undefined;
};

/** Why a backup is still there, one sentence each. */
export function keptBecause(
  { pin, expiresAt, state, schedule }: Pick<Backup, 'pin' | 'expiresAt' | 'state' | 'schedule'>,
  { now, bySchedule }: Kept,
): string[] {
  if (state === 'deleting') return ['It is being deleted.'];
  const pinSentence =
    pin && holds(pin, now)
      ? [
          `It is pinned ${pin.until ? `until ${absolute(pin.until)}` : 'until somebody unpins it'}: ${pin.note}`,
        ]
      : [];
  if (bySchedule) return [...pinSentence, ...bySchedule];
  if (expiresAt !== null) return [...pinSentence, byTime(expiresAt, now)];
  return [
    ...pinSentence,
    bySchedule === null
      ? `The schedule ${schedule} that made it is gone: it stays until it is deleted.`
      : 'It has no retention: it stays until it is deleted.',
  ];
}

const byTime = (expiresAt: string, now: number): string =>
  Date.parse(expiresAt) <= now
    ? `Its retention ended at ${absolute(expiresAt)}: it goes with the next round, unless it is the newest good one.`
    : `Its retention lasts until ${absolute(expiresAt)}.`;

/** Whether a reader may see what is at this path. Cluster-scoped objects take the whole cluster. */
export function seesPath(path: string, reach: Reach): boolean {
  const at = parsePath(path);
  if (!at) return false;
  return reach === 'all' || (at.namespace !== null && reach.includes(at.namespace));
}

export const isSecret = (path: string): boolean => parsePath(path)?.resource === 'secrets';

const named = ['data', 'stringData', 'binaryData'];
const shownMetadata = ['name', 'namespace', 'uid', 'creationTimestamp', 'labels'];

/**
 * A sealed object without its values: what it is, and the names of its keys. Annotations go too:
 * `kubectl apply` keeps a copy of the whole Secret in one of them.
 */
export function redact(json: string): string {
  const object = parseJsonObject(json);
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  const shown: Record<string, Json> = {};
  for (const field of ['apiVersion', 'kind', 'type'])
    if (object[field] !== undefined) shown[field] = object[field];
  shown['metadata'] = Object.fromEntries(
    Object.entries(metadata).filter(([field]) => shownMetadata.includes(field)),
  );
  for (const field of named) if (isObject(object[field])) shown[field] = emptied(object[field]);
  return printJson(shown);
}

const emptied = (values: Record<string, Json>): Json =>
  Object.fromEntries(Object.keys(values).map((key) => [key, '']));
