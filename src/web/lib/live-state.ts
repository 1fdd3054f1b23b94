import * as z from 'zod/mini';
import { type LiveEvent, liveEvent } from '#shared/live/live.contract.ts';
import { isOver, type Run } from '#shared/runs/runs.contract.ts';
import { keys } from './keys.ts';

const frame = z.object({ id: z.nullable(z.string()), data: z.string() });
export type Frame = z.infer<typeof frame>;

/** What tabs tell each other. Another tab may run another version: what does not fit is ignored. */
export const tabMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('frames'), frames: z.array(frame) }),
  z.object({ type: z.literal('state'), live: z.boolean(), since: z.nullable(z.number()) }),
  /** Events may have been missed: what was read until now may be outdated. */
  z.object({ type: z.literal('missed') }),
  /** A tab that has just been opened wants to know the state. */
  z.object({ type: z.literal('hello') }),
]);
export type TabMessage = z.infer<typeof tabMessage>;

/**
 * `connecting`: no stream was open yet. `since`: when it was last known to be live, in milliseconds
 * since 1970; null while it is, and before.
 */
export type Live = { state: 'connecting' | 'live' | 'stale'; since: number | null };

/**
 * Cuts what arrived of an event stream (WHATWG HTML, section 9.2) into whole frames and the rest that
 * is still to come. Comments count as signs of life only, and are dropped.
 */
export function framesIn(text: string): { frames: Frame[]; rest: string } {
  const blocks = text.replaceAll('\r\n', '\n').split('\n\n');
  const rest = blocks.pop() ?? '';
  const frames = blocks.map(frameOf).filter(({ data }) => data !== '');
  return { frames, rest };
}

function frameOf(block: string): Frame {
  const lines = block.split('\n');
  const valuesOf = (name: string) =>
    lines
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).replace(/^ /, ''));
  return { id: valuesOf('id').at(-1) ?? null, data: valuesOf('data').join('\n') };
}

/** What a newer server may send and this page does not know is told as *read everything again*. */
export function eventIn(data: string): LiveEvent {
  try {
    const parsed = liveEvent.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : { type: 'resync' };
  } catch {
    return { type: 'resync' };
  }
}

/** What a batch of events does to the cache: runs to put in place, and prefixes to read again. */
export type Effects = { runs: readonly Run[]; outdated: readonly (readonly string[])[] };

/**
 * The last word on each run wins; every prefix is named once. `states`: the state in which each run was
 * last heard of, brought up to date here; progress alone makes no list outdated, a change of state does.
 */
export function effectsOf(events: readonly LiveEvent[], states: Map<string, string>): Effects {
  const runs = new Map<string, Run>();
  const outdated = new Map<string, readonly string[]>();
  for (const event of events) {
    if (event.type === 'run') runs.set(event.run.id, event.run);
    for (const key of outdatedBy(event, states)) outdated.set(key.join('\n'), key);
  }
  return { runs: [...runs.values()], outdated: [...outdated.values()] };
}

type Prefixes = readonly (readonly string[])[];

function outdatedBy(event: LiveEvent, states: Map<string, string>): Prefixes {
  if (event.type === 'resync') return [[]];
  const { cluster } = event;
  if (event.type === 'run') return isNews(event.run, states) ? aboutRuns(cluster) : [];
  switch (event.what) {
    case 'run':
      return [...aboutRuns(cluster), ...(event.id === null ? [] : [keys.run(cluster, event.id)])];
    case 'backups':
      return [keys.backups(cluster), keys.overview(cluster), keys.coverage(cluster)];
    case 'clusters':
      return [keys.clusters, keys.overview(cluster)];
    case 'plans':
      return [keys.plans(cluster)];
    case 'schedules':
      return [keys.schedules(cluster), keys.overview(cluster)];
  }
}

function isNews({ id, state }: Run, states: Map<string, string>): boolean {
  const before = states.get(id);
  if (isOver(state)) states.delete(id);
  else states.set(id, state);
  return before !== state;
}

const aboutRuns = (cluster: string) => [
  keys.runs(cluster),
  keys.queue(cluster),
  keys.schedules(cluster),
  keys.overview(cluster),
  keys.coverage(cluster),
];

type Page = { items: readonly Run[] };
type Pages = { pages: readonly Page[] };

/** Puts newer runs in the place of older ones; the same object when it holds none of them. */
export function withRuns<T extends Page | Pages | undefined>(
  data: T,
  runs: ReadonlyMap<string, Run>,
): T {
  if (data === undefined) return data;
  if ('pages' in data) {
    const pages = data.pages.map((page) => withRuns(page, runs));
    return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
  }
  if (!('items' in data) || !data.items.some(({ id }) => runs.has(id))) return data;
  return { ...data, items: data.items.map((one) => newer(one, runs.get(one.id))) };
}

/** An event may be older than the answer it meets: what is over stays over. */
const newer = (known: Run, told: Run | undefined): Run =>
  told === undefined || (isOver(known.state) && !isOver(told.state)) ? known : told;
