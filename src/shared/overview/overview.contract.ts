import * as z from 'zod/mini';
import { cluster } from '../clusters/clusters.contract.ts';
import { restorePoint, seen } from '../coverage/coverage.contract.ts';
import { described } from '../http/described.ts';
import { endpoint } from '../http/endpoint.ts';
import { clusterParams, instant, visiblePart } from '../http/schemas.ts';
import { run } from '../runs/runs.contract.ts';
import { strip } from './strip.contract.ts';

/** What a line of *Needs you* is about, each drawn with its own icon and word. */
export const needStates = [
  'unavailable',
  'damaged',
  'missed',
  'failed',
  'interrupted',
  'late',
  'partial',
  'uncovered',
  'warning',
  'unknown',
] as const;
export type NeedState = (typeof needStates)[number];

/** What the button beside a line does. */
export const needActions = [
  'backUp',
  'verify',
  'openRun',
  'openBackup',
  'openCoverage',
  'openCluster',
  'openSchedules',
  'openHealth',
] as const;
export type NeedAction = (typeof needActions)[number];

export const need = z.object({
  /** Stays the same as long as the cause does. */
  id: z.string(),
  state: z.enum(needStates),
  sentence: z.string(),
  detail: z.string(),
  /** Null: there is nothing to do here but to know it. */
  action: z.nullable(
    z.object({
      label: z.string(),
      what: z.enum(needActions),
      backup: z.nullable(z.string()),
      run: z.nullable(z.uuid()),
      schedule: z.nullable(z.string()),
      /** Null: the whole cluster. */
      namespaces: z.nullable(z.array(z.string())),
    }),
  ),
});
export type Need = z.infer<typeof need>;

export const overview = z.object({
  /** The server's clock: ages are counted from it. */
  at: instant,
  cluster,
  /** When the cluster answered last; null: not since Lifeboat started. */
  answeredAt: z.nullable(instant),
  /** `some`: everything here is about the namespaces that the reader may see. */
  reach: z.enum(['all', 'some']),
  /** Where the names of namespaces and claims come from. */
  seen,
  /** Backups that can be seen, whatever their state. */
  backups: z.int(),
  /** Null: nobody knows which there are. */
  namespaces: z.nullable(
    z.object({ all: z.int(), covered: z.int(), partly: z.int(), uncovered: z.int() }),
  ),
  /** Of volume claims. Null: nobody knows which there are. */
  volumes: z.nullable(z.object({ all: z.int(), notBackedUp: z.int() })),
  newest: z.nullable(restorePoint),
  /** The namespace whose newest restore point is the oldest. */
  worst: z.nullable(z.extend(restorePoint, { namespace: z.string() })),
  /** Backups written to another place. Null: the reader may not see that. */
  elsewhere: z.nullable(
    z.object({
      exports: z.int(),
      newest: z.nullable(
        z.object({ backup: z.string(), at: instant, to: z.enum(['folder', 's3', 'unknown']) }),
      ),
    }),
  ),
  needs: z.array(need),
  /** Running first, then those that wait, oldest first. */
  active: z.array(run),
  strips: z.array(strip),
  /** The newest restore that came to its end: measured, never guessed. */
  lastRestore: z.nullable(
    z.object({
      run: z.uuid(),
      finishedAt: instant,
      milliseconds: z.int(),
      objects: z.nullable(z.int()),
    }),
  ),
});
export type Overview = z.infer<typeof overview>;

export const changes = z.object({
  /** `counting`: ask again in a moment. */
  state: z.enum(['counted', 'counting', 'unknown']),
  since: z.nullable(restorePoint),
  countedAt: z.nullable(instant),
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  /** The count was ended early: there are at least so many. */
  atLeast: z.boolean(),
  /** Why it is unknown; null otherwise. */
  reason: z.nullable(z.string()),
});
export type Changes = z.infer<typeof changes>;

const zone = described(
  z._default(z.string().check(z.maxLength(64)), 'UTC'),
  'Where a day begins, such as Europe/Zurich',
);

export const overviewApi = {
  show: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/overview',
    permission: 'backups:read',
    summary: 'Say whether everything could be brought back right now, and what needs somebody.',
    command: 'overview show',
    params: clusterParams,
    query: z.object({ zone }),
    response: overview,
    touches: visiblePart,
  }),
  changes: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/overview/changes',
    permission: 'backups:read',
    summary: 'Count the objects that changed since the newest restore point.',
    command: 'overview changes',
    params: clusterParams,
    response: changes,
    touches: visiblePart,
  }),
};
