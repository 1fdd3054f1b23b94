import * as z from 'zod/mini';
import { described } from './described.ts';
import type { Scope } from './endpoint.ts';

/** What a schema says of a text that does not fit: it is named, shortened, and told what it should be. */
export const notA = (what: string) => ({
  error: ({ input }: { input?: unknown }) =>
    typeof input === 'string' ? `${JSON.stringify(input.slice(0, 80))} is not ${what}` : undefined,
});

/** `what`: `a run`, `a plan`. */
export const idOf = (what: string) => z.uuid(notA(`the id of ${what}`));

/** Pieces that many contracts share. */
export const clusterParams = z.object({
  cluster: described(
    z.string().check(z.minLength(1), z.maxLength(63)),
    'The id of a cluster, as “clusters list” shows it',
  ),
});
export const backupParams = z.extend(clusterParams, {
  backup: described(z.string().check(z.minLength(1), z.maxLength(253)), 'The name of a backup'),
});
export const runParams = z.extend(clusterParams, {
  run: described(idOf('a run'), 'The id of a run, as “runs list” shows it'),
});

/** ISO 8601 in UTC, milliseconds: the only form of an instant in the API. */
export const instant = z.iso.datetime(notA('a time such as 2026-11-24T02:00:00Z'));

const farthest = Date.UTC(3000, 0, 1);

/** One that somebody names: beyond these years calendars, and with them timetables, have an end. */
export const namedInstant = instant.check(
  z.refine(
    (text) => Date.parse(text) >= 0 && Date.parse(text) < farthest,
    'not a time between the years 1970 and 3000',
  ),
);

/** Keyset paging: `cursor` is the `next` of the page before, opaque. */
export const page = {
  limit: described(
    z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 100),
    'How many entries to answer at once, at most 500',
  ),
  cursor: described(
    z.optional(z.string().check(z.maxLength(1024))),
    'Where to go on: what the page before gave as the next one',
  ),
};

/** `next`: null on the last page. */
export const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), next: z.nullable(z.string()) });

/** Namespace names as Kubernetes allows them (RFC 1123 label). */
export const namespaceName = z
  .string()
  .check(
    z.maxLength(63),
    z.regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, notA('the name of a namespace')),
  );

/** `<plural>` or `<plural>.<group>`, for example `deployments.apps`; `*` matches any text. */
export const kindName = z
  .string()
  .check(
    z.maxLength(253),
    z.regex(
      /^[a-z0-9*]([-a-z0-9.*]*[a-z0-9*])?$/i,
      notA('the name of a kind, such as deployments.apps'),
    ),
  );

export const installation: Scope = { cluster: '*', namespaces: 'all' };
/** Whatever of this cluster the person may see. */
export const visiblePart = ({ params }: { params: { cluster: string } }): Scope => ({
  cluster: params.cluster,
  namespaces: 'some',
});
