import { createHash } from 'node:crypto';
import { dayLength } from '#shared/time/lengths.models.ts';
import type { Problem } from '#shared/http/problem.ts';
import { canonicalJson } from '../canonical-json.models.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/database.ts';
import { ProblemError } from '../problems.ts';
import { broken } from '../problems.errors.ts';
import { keyReused, outcomeUnknown, shownOnce, stillRunning } from './handle.errors.ts';
import {
  createIdempotencyRepository,
  type IdempotencyRepository,
  type KeptAnswer,
} from './idempotency.repository.ts';

export type Answer = { status: number; body: unknown; replayed: boolean };
/** `request`: everything that makes it this request; a repetition must be equal. */
export type Repeatable = { actor: string; key: string; request: unknown; shownOnce: boolean };

export type Idempotency = {
  /** Runs `act` unless a call with this key did; then its answer is given again. */
  once: (call: Repeatable, act: () => Promise<Answer>) => Promise<Answer>;
  /** At start, before the first call: what the last process was working on has no known outcome. */
  settleAbandoned: () => Promise<void>;
};

/** Answers to mutations with an Idempotency-Key, kept for 24 hours. */
export function createIdempotency({ db, clock }: { db: Db; clock: Clock }): Idempotency {
  const kept = createIdempotencyRepository(db);
  return {
    once: async (call, act) => {
      const now = clock().epochMilliseconds;
      const request = hashOf(call.request);
      const { actor, key } = call;
      await kept.forgetBefore(now - dayLength);
      if (await kept.claim({ actor, key, request, now })) return await first({ kept, call }, act);
      return again(await kept.find(call), request);
    },
    settleAbandoned: () => kept.settleAbandoned(problemAnswer(outcomeUnknown().problem)),
  };
}

/**
 * A refusal changed nothing and gives the key back. After a fault nobody knows what was done: the fault
 * is kept as the answer, so that trying again with this key does not act a second time.
 */
async function first(
  { kept, call }: { kept: IdempotencyRepository; call: Repeatable },
  act: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await act();
    await kept.keep(call, call.shownOnce ? problemAnswer(shownOnce().problem) : asKept(answer));
    return answer;
  } catch (error) {
    const known = error instanceof ProblemError ? error : broken(error);
    if (known.problem.status === 500) await kept.keep(call, problemAnswer(known.problem));
    else await kept.release(call);
    throw error;
  }
}

function again(found: KeptAnswer | undefined, request: string): Answer {
  if (found === undefined) throw stillRunning(); // given back between the two looks
  if (found.request !== request) throw keyReused();
  if (found.status === null) throw stillRunning();
  const body: unknown = found.body === null ? undefined : JSON.parse(found.body);
  if (found.status >= 400) throw new ProblemError(body as Problem);
  return { status: found.status, body, replayed: true };
}

const asKept = ({ status, body }: Answer) => ({
  status,
  body: body === undefined ? null : JSON.stringify(body),
});

const problemAnswer = (problem: Problem) => ({
  status: problem.status,
  body: JSON.stringify(problem),
});

/** SHA-256 over method, address and what was sent; what was sent is not kept itself. */
const hashOf = (request: unknown) =>
  createHash('sha256').update(canonicalJson(request)).digest('hex');
