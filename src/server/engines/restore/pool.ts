/**
 * Does `act` for each item, at most `limit` at once, and settles when all are done. The first error
 * keeps new ones from being begun; those under way end before it is thrown. Aborting does the same.
 */
export async function forEachBounded<T>(
  items: AsyncIterable<T> | Iterable<T>,
  { limit, signal }: { limit: number; signal?: AbortSignal | undefined },
  act: (item: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | null = null;
  for await (const item of items) {
    if (failure || signal?.aborted) break;
    const work = act(item)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => running.delete(work));
    running.add(work);
    if (running.size >= limit) await Promise.race(running);
  }
  await Promise.all(running);
  rethrow(failure);
  signal?.throwIfAborted();
}

function rethrow(failure: { error: unknown } | null): void {
  if (failure) throw failure.error;
}

/**
 * Work that ends in any order is told in the order in which it began, so that two plans of the same
 * state read the same. A failure lets the next one have its turn.
 */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return async <T>(work: Promise<T>, tell: (result: T) => Promise<void>): Promise<void> => {
    const before = last;
    const { promise: done, resolve: end } = Promise.withResolvers<void>();
    last = done;
    try {
      const [result] = await Promise.all([work, before]);
      await tell(result);
    } finally {
      end();
    }
  };
}
