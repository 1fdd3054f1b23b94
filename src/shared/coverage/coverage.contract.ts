import * as z from 'zod/mini';
import { described } from '../http/described.ts';
import { endpoint } from '../http/endpoint.ts';
import { clusterParams, instant, listOf, page, visiblePart } from '../http/schemas.ts';

/** Worst first. */
export const coverageStates = ['uncovered', 'partly', 'covered'] as const;
export type CoverageState = (typeof coverageStates)[number];

export const coverageSubjects = ['namespace', 'claim'] as const;
export type CoverageSubject = (typeof coverageSubjects)[number];

export const reasonCodes = [
  'noBackup',
  'newer',
  'excluded',
  'notChosen',
  'narrowed',
  'kindsNotRead',
  'damaged',
  'dataNotCopied',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** Where the names of namespaces and claims come from. `problem`: why it is not the cluster as it is now. */
export const seen = z.object({
  from: z.enum(['cluster', 'backup', 'nothing']),
  at: z.nullable(instant),
  problem: z.nullable(z.string()),
});
export type Seen = z.infer<typeof seen>;

export const restorePoint = z.object({
  backup: z.string(),
  /** When its capture began: nothing after this instant is surely in it. */
  at: instant,
  state: z.enum(['completed', 'partial']),
});
export type RestorePoint = z.infer<typeof restorePoint>;

export const coverageItem = z.object({
  subject: z.enum(coverageSubjects),
  namespace: z.string(),
  /** Of the volume claim; null: the namespace itself. */
  name: z.nullable(z.string()),
  state: z.enum(coverageStates),
  /** Null when covered. */
  reason: z.nullable(z.object({ code: z.enum(reasonCodes), sentence: z.string() })),
  /** The newest one that can be restored from; for a claim, that of its object. */
  restorePoint: z.nullable(restorePoint),
  /** Schedules that take its namespace, at most three names; those that rest are not in it. */
  schedules: z.array(z.string()),
  /** When it was created in the cluster; null when only a backup tells of it. */
  createdAt: z.nullable(instant),
});
export type CoverageItem = z.infer<typeof coverageItem>;

const count = z.object({ value: z.string(), items: z.int() });

export const coverageApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/coverage',
    permission: 'backups:read',
    summary: 'List what a restore would bring back and what not, worst first.',
    command: 'coverage list',
    params: clusterParams,
    query: z.object({
      ...page,
      state: described(z.optional(z.enum(coverageStates)), 'Only what is in this state'),
      subject: described(
        z.optional(z.enum(coverageSubjects)),
        'Only namespaces, or only volume claims',
      ),
      search: described(
        z.optional(z.string().check(z.maxLength(253))),
        'Only what has this in its name',
      ),
    }),
    response: z.extend(listOf(coverageItem), {
      total: z.int(),
      facets: z.object({ state: z.array(count), subject: z.array(count) }),
      seen,
    }),
    touches: visiblePart,
  }),
};
