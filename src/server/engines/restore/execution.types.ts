import type { JsonObject } from '#shared/json/lossless.ts';
import type { ObjectOutcome, RestoreOptions } from '#shared/restores/restores.contract.ts';
import type { ApiResource, KubernetesClient } from '../../kubernetes/client.types.ts';
import type { Decision, RunContext } from '../engine.ts';
import type { Body } from './body.models.ts';
import type { Kinds } from './kinds.ts';
import type { StatusHandling } from './prepare.models.ts';
import type { StripOptions } from './strip.models.ts';

export type Numbered = Decision & { seq: number };

/** Milliseconds that a restore waits before it gives an object up. */
export type Patience = {
  /** For a namespace that is being deleted; large ones take minutes. */
  namespace: number;
  /** For any other object that is being deleted. */
  deletion: number;
  /** For a definition to be established and served. */
  definition: number;
  /** Between two looks, and before the first repetition of a refused write. */
  pause: number;
};

export const defaultPatience: Patience = {
  namespace: 10 * 60_000,
  deletion: 60_000,
  definition: 60_000,
  pause: 200,
};

export type Execution = {
  client: KubernetesClient;
  options: RestoreOptions;
  context: RunContext;
  patience: Patience;
  /** As of the last look: refreshed once the definitions of the backup are there. */
  kinds: Kinds;
  /** An earlier process has begun this restore: objects that equal the backup are its work. */
  resumed: boolean;
};

/** One object on its way. */
export type Task = {
  decision: Numbered;
  kind: ApiResource;
  strip: StripOptions;
  status: StatusHandling;
  sealed: boolean;
  stored: Body;
  /** Modified, mapped, stripped. */
  wanted: Body;
};

export type Result = {
  outcome: ObjectOutcome;
  message: string | null;
  uid: string | null;
  /** Owner references to be set once all owners are there. */
  owners?: readonly JsonObject[];
  /** A merge patch that comes after everything it could refuse. */
  late?: JsonObject | null;
};

/** What a creation came to, and the object as it is now. */
export type Posted = Pick<Result, 'outcome' | 'message' | 'uid'> & { live: Body };
