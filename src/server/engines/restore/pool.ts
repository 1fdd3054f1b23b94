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
