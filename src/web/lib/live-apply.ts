import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '#shared/live/live.contract.ts';
import type { Overview } from '#shared/overview/overview.contract.ts';
import { isOver, type Run } from '#shared/runs/runs.contract.ts';
import { keys } from './keys.ts';
import { effectsOf, eventIn, type Frame, withRuns } from './live-state.ts';

/** How often lists are read again at most, however many events there are. */
const rereadMs = 250;
/** A list that takes longer to answer must not hold up the others for ever. */
const patienceMs = 10_000;
const hiddenMs = 1000;
/** Reading one takes about 30 µs: so many leave the rest of a picture's time to drawing it. */
const eventsAtOnce = 200;

export type Apply = {
  frames: (frames: readonly Frame[]) => void;
  /** What was read until now may be outdated: all that is shown is read again. */
  everything: () => void;
};

/**
 * Brings events into the cache: at most once for each picture that the browser draws, so that a burst
 * costs one rendering; what lists have to be read again is gathered and never asked for faster than 4/s.
 */
export function createApply(queries: QueryClient, onRuns: (runs: readonly Run[]) => void): Apply {
  const states = new Map<string, string>();
  const reread = createReread(queries);
  let waiting: (() => LiveEvent)[] = [];

  const apply = () => {
    const now = waiting.slice(0, eventsAtOnce);
    waiting = waiting.slice(eventsAtOnce);
    if (waiting.length > 0) beforeNextPicture(apply);
    const { runs, outdated } = effectsOf(
      now.map((read) => read()),
      states,
    );
    putInPlace(queries, runs);
    outdated.forEach(reread);
    if (runs.length > 0) onRuns(runs);
  };
  const push = (event: () => LiveEvent) => {
    if (waiting.length === 0) beforeNextPicture(apply);
    waiting.push(event);
  };
  return {
    frames: (frames) => frames.forEach(({ data }) => push(() => eventIn(data))),
    everything: () => push(() => ({ type: 'resync' })),
  };
}

/** A hidden tab draws no pictures. */
function beforeNextPicture(act: () => void): void {
  if (document.hidden) setTimeout(act, hiddenMs);
  else requestAnimationFrame(act);
}

function putInPlace(queries: QueryClient, runs: readonly Run[]): void {
  const byId = new Map(runs.map((run) => [run.id, run]));
  for (const cluster of new Set(runs.map((run) => run.cluster))) {
    queries.setQueriesData<Parameters<typeof withRuns>[0]>(
      { queryKey: keys.runs(cluster) },
      (data) => withRuns(data, byId),
    );
    queries.setQueryData<Overview>(
      keys.overview(cluster),
      (data) => data && { ...data, active: withRuns({ items: data.active }, byId).items },
    );
  }
  for (const run of runs) {
    queries.setQueryData<Run>(keys.run(run.cluster, run.id), (known) => known && run);
    patchRestore(queries, run);
  }
}

/**
 * Its counts of outcomes are in no event: progress is put in place, but the end is read again, so that
 * it never stands beside the counts of a moment before.
 */
function patchRestore(queries: QueryClient, run: Run): void {
  const key = keys.restore(run.cluster, run.id);
  if (isOver(run.state)) void queries.invalidateQueries({ queryKey: key });
  else
    queries.setQueryData<Run>(key, (known) =>
      known && !isOver(known.state) ? { ...known, ...run } : known,
    );
}

/** Reads again what is shown under a prefix; the rest is marked as outdated. */
function createReread(queries: QueryClient): (key: readonly string[]) => void {
  const gathered = new Map<string, readonly string[]>();
  let busy = false;

  const flush = async () => {
    const prefixes = [...gathered.values()];
    gathered.clear();
    await Promise.race([
      Promise.all(prefixes.map((queryKey) => queries.invalidateQueries({ queryKey }))),
      pause(patienceMs),
    ]);
    await pause(rereadMs);
    busy = false;
    if (gathered.size > 0) start();
  };
  const start = () => {
    busy = true;
    void flush();
  };
  return (key) => {
    gathered.set(key.join('\n'), key);
    if (!busy) start();
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
