import { absolute } from '#shared/words/format.models.ts';
import type { Backup, Pin } from '#shared/backups/backups.contract.ts';
import { isObject, type Json, parseJsonObject, printJson } from '#shared/json/lossless.ts';
import { parsePath } from '../../engines/paths.models.ts';
import type { Reach } from '../../platform/runs.types.ts';

const units: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `36h` in milliseconds. The contract has checked the form. */
export const milliseconds = (duration: string): number =>
  Number(duration.slice(0, -1)) * (units[duration.slice(-1)] ?? 0);

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

/** Why a backup is still there, one sentence each. Nothing is removed by itself yet. */
export function keptBecause(
  { pin, expiresAt, state }: Pick<Backup, 'pin' | 'expiresAt' | 'state'>,
  now: number,
): string[] {
  if (state === 'deleting') return ['It is being deleted.'];
  const pinSentence =
    pin && holds(pin, now)
      ? [
          `It is pinned ${pin.until ? `until ${absolute(pin.until)}` : 'until somebody unpins it'}: ${pin.note}`,
        ]
      : [];
  if (expiresAt === null)
    return [...pinSentence, 'It has no retention: it stays until it is deleted.'];
  const over = Date.parse(expiresAt) <= now;
  const sentence = over
    ? `Its retention ended at ${absolute(expiresAt)}; expired backups are not removed by themselves, delete it when it may go.`
    : `Its retention lasts until ${absolute(expiresAt)}.`;
  return [...pinSentence, sentence];
}

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
