import type * as z from 'zod/mini';
import type { Permission } from '../access/permissions.models.ts';

/**
 * What a call reaches. `cluster: '*'`: the installation itself (users, tokens, audit).
 * `all`: the whole cluster; `some`: whatever this person may see, and the use case filters the answer.
 */
export type Scope = { cluster: string; namespaces: readonly string[] | 'all' | 'some' };

/**
 * Stored facts that a scope may depend on; the server answers them. Each answers `all`
 * also for what is not there: only who may see everything learns that.
 */
export type Lookup = {
  namespacesOfBackup: (cluster: string, backup: string) => Promise<readonly string[] | 'all'>;
  namespacesOfRun: (cluster: string, run: string) => Promise<readonly string[] | 'all'>;
  namespacesOfSchedule: (cluster: string, schedule: string) => Promise<readonly string[] | 'all'>;
  /** What the schedule takes, and what is in the backups about which it decides. */
  namespacesKeptBy: (cluster: string, schedule: string) => Promise<readonly string[] | 'all'>;
  /** The target namespaces that the plan writes to. */
  namespacesOfPlan: (cluster: string, plan: string) => Promise<readonly string[] | 'all'>;
};

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Parts<P, Q, B> = { params: P; query: Q; body: B };

/** How an answer that is not JSON travels. */
export type StreamKind = 'events' | 'text' | 'metrics';

type Definition<P extends z.ZodMiniType, Q extends z.ZodMiniType, B extends z.ZodMiniType, R, I> = {
  method: Method;
  path: `/${string}`;
  permission: Permission;
  /** One sentence, shown in the API page and in `lifeboat --help`. */
  summary: string;
  /** `<noun> <verb>` of the command line; null: not a command (sign-in pages, streams). */
  command: `${string} ${string}` | null;
  params?: P;
  query?: Q;
  body?: B;
  /** 202 answers a run that goes on; 204 answers nothing. */
  status?: 200 | 201 | 202 | 204;
  response: R;
  /** The answer holds a secret that is shown this once: it is never kept to answer a repeated call. */
  shownOnce?: true;
  /** It changes nothing, although it is no GET, because what it asks is long: it leaves no trail. */
  reads?: true;
  /** Set: `response` describes one event or the text, and the handler streams it itself. */
  stream?: StreamKind;
  /** Authorisation looks at this, after parsing: never at the URL alone. */
  touches: (input: I, lookup: Lookup) => Scope | Promise<Scope>;
};

export type Endpoint = Definition<
  z.ZodMiniType,
  z.ZodMiniType,
  z.ZodMiniType,
  z.ZodMiniType,
  never
>;

type Part = 'params' | 'query' | 'body';

/** What the caller sends: only the parts the endpoint declares. */
export type Request<E extends Endpoint> = {
  [K in Part as NonNullable<E[K]> extends z.ZodMiniUndefined ? never : K]: z.input<
    NonNullable<E[K]>
  >;
};

/** What the handler receives, after parsing. */
export type Input<E extends Endpoint> = Parameters<E['touches']>[0];

export type Result<E extends Endpoint> = z.output<E['response']>;

export function endpoint<
  R extends z.ZodMiniType,
  P extends z.ZodMiniType = z.ZodMiniUndefined,
  Q extends z.ZodMiniType = z.ZodMiniUndefined,
  B extends z.ZodMiniType = z.ZodMiniUndefined,
>(definition: Definition<P, Q, B, R, Parts<z.output<P>, z.output<Q>, z.output<B>>>) {
  return definition;
}
