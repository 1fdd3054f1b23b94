import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Endpoint, Request, Result } from '#shared/http/endpoint.ts';
import type { Problem } from '#shared/http/problem.ts';
import { type ToastAction, toasts } from '../ui/toasts.ts';
import { call, CallError, problemIn, sentence } from './call.ts';
import { startedRun } from './started-runs.ts';
import { uniqueKey } from './unique.ts';

export type Words<R> = {
  /** While it is under way: `Deleting nightly-1`. */
  doing: string;
  /** Once it is done: a title, or a title and a line below it. */
  done: (result: R) => string | { title: string; detail: string };
  action?: (result: R) => ToastAction;
};

export type Act<E extends Endpoint> = {
  endpoint: E;
  words: Words<Result<E>>;
  /** Prefixes of the cache that are read again, whatever the outcome. */
  invalidates?: readonly (readonly string[])[];
};

export type Acting<E extends Endpoint> = {
  /** Resolves to what the server answered, to null when it refused or was not there. */
  run: (request: Request<E>) => Promise<Result<E> | null>;
  pending: boolean;
  /** Why the last attempt was refused; null: it was not. */
  problem: Problem | null;
};

/**
 * The one way to change something: an idempotency key, one toast for its whole course, the caches it
 * outdates read again. What got no answer is sent again under its key, so that it happens once.
 */
export function useAct<E extends Endpoint>({
  endpoint,
  words,
  invalidates = [],
}: Act<E>): Acting<E> {
  const queries = useQueryClient();
  const keyOf = useStableKey();
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: async (request: Request<E>) => {
      const { key, settle } = keyOf(request);
      const toast = toasts.loading(words.doing);
      try {
        const result = await call(endpoint, request, { idempotencyKey: key });
        settle();
        const done = words.done(result);
        const said = typeof done === 'string' ? { title: done, detail: '' } : done;
        const action = words.action?.(result);
        startedRun(result, toast);
        toasts.success(toast, { ...said, ...(action && { action }) });
        return result;
      } catch (failure) {
        if (failure instanceof CallError) settle();
        toasts.error(toast, saidOf(failure));
        throw failure;
      }
    },
    onSettled: () =>
      Promise.all(invalidates.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  return {
    run: (request) => mutateAsync(request).catch(() => null),
    pending: isPending,
    problem: error === null ? null : (problemIn(error) ?? noAnswer(error)),
  };
}

const saidOf = (error: unknown): { title: string; detail: string } =>
  problemIn(error) ?? noAnswer(error);

const noAnswer = (error: unknown): Problem => ({
  code: 'server.no_answer',
  status: 0,
  title: 'The server did not answer.',
  detail: sentence(error).replace('The server did not answer. ', ''),
});

/** The same request keeps its key until the server answered it. */
function useStableKey() {
  const unanswered = useRef(new Map<string, string>());
  return (request: unknown) => {
    const text = JSON.stringify(request);
    const key = unanswered.current.get(text) ?? uniqueKey();
    unanswered.current.set(text, key);
    return { key, settle: () => unanswered.current.delete(text) };
  };
}
