import type { Resource } from '../api/resource.types.ts';
import { type Selection, parseFieldSelector, parseLabelSelector } from '../api/selectors.models.ts';
import { StatusError, badRequest, fieldForbidden, invalidOptions } from '../status.errors.ts';

export type ListOptions = {
  selection: Selection;
  /** 0: everything. */
  limit: number;
  continueToken: string;
  /** undefined: the newest; 0: any. */
  revision: number | undefined;
  exact: boolean;
};

export function listOptions(query: URLSearchParams, resource: Resource, now: number): ListOptions {
  const match = query.get('resourceVersionMatch') ?? '';
  const continueToken = query.get('continue') ?? '';
  const revision = revisionIn(query);
  checkMatch({ match, continueToken, revision });
  if (revision !== undefined && revision > now) throw tooLarge(revision, now);
  return {
    selection: selectionIn(query, resource),
    limit: integerIn(query, 'limit'),
    continueToken,
    revision,
    exact: match === 'Exact',
  };
}

export const selectionIn = (query: URLSearchParams, resource: Resource): Selection => ({
  labels: parseLabelSelector(query.get('labelSelector') ?? ''),
  fields: parseFieldSelector(query.get('fieldSelector') ?? '', resource.kind),
});

/** Numbers are parsed as Go does, with its words. */
export function integerIn(query: URLSearchParams, field: string): number {
  const text = query.get(field) ?? '';
  if (text === '') return 0;
  if (!/^-?\d+$/.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  return Number(text);
}

export function revisionIn(query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion') ?? '';
  if (text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const quoted = JSON.stringify(text);
  throw badRequest(
    `invalid resource version: resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`,
  );
}

type Match = { match: string; continueToken: string; revision: number | undefined };

function checkMatch({ match, continueToken, revision }: Match): void {
  const field = 'resourceVersionMatch';
  if (match && continueToken) {
    throw invalidOptions('ListOptions', [
      fieldForbidden(field, 'resourceVersionMatch is forbidden when continue is provided'),
    ]);
  }
  if (match && revision === undefined) {
    throw invalidOptions('ListOptions', [
      fieldForbidden(field, 'resourceVersionMatch is forbidden unless resourceVersion is provided'),
    ]);
  }
}

const tooLarge = (asked: number, now: number) =>
  new StatusError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${asked}, current: ${now}`,
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  });
