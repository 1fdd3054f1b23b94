import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Endpoint, Request } from '#shared/http/endpoint.ts';
import { count } from '#shared/words/format.models.ts';
import { toasts } from '../ui/toasts.ts';
import { call, sentence } from './call.ts';
import { uniqueKey } from './unique.ts';

export type One<E extends Endpoint> = { name: string; request: Request<E> };

type ActAll<E extends Endpoint> = {
  endpoint: E;
  /** `Deleting`, `Deletion has begun`: what it is done to is added, `of 3 backups`. */
  words: { doing: string; done: string };
  /** One of them: `backup`. */
  noun: string;
  invalidates: readonly (readonly string[])[];
};

/**
 * The same act on several things, one after another, with one toast. What was refused is named with
 * its reason, and does not stop the others.
 */
export function useActAll<E extends Endpoint>({ endpoint, words, noun, invalidates }: ActAll<E>) {
  const queries = useQueryClient();
  const [pending, setPending] = useState(false);
  const run = async (all: readonly One<E>[]): Promise<void> => {
    setPending(true);
    const toast = toasts.loading(`${words.doing} ${count(all.length, noun)}`);
    const refused: string[] = [];
    for (const { name, request } of all)
      await call(endpoint, request, { idempotencyKey: uniqueKey() }).catch((error: unknown) =>
        refused.push(`${name}: ${sentence(error)}`),
      );
    await Promise.all(invalidates.map((queryKey) => queries.invalidateQueries({ queryKey })));
    setPending(false);
    const done = `${words.done} of ${count(all.length - refused.length, noun)}`;
    if (refused.length === 0) toasts.success(toast, { title: done });
    else
      toasts.error(toast, {
        title: `${done}; ${count(refused.length, noun)} refused`,
        detail: refused.slice(0, mostReasons).join(' '),
      });
  };
  return { run, pending };
}

const mostReasons = 3;
