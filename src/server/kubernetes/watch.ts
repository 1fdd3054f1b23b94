import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from './api-error.ts';
import type { ApiResource, KubernetesClient, WatchEvent } from './client.types.ts';
import type { Exchange, ExchangeNeeds } from './exchange.ts';
import { backoff } from './timing.models.ts';
import { listUrl, watchUrl } from './urls.ts';
import { type StreamEvent, readEvent, readPage } from './watch-events.ts';
import { openWatch } from './watch-stream.ts';
import { type Watched, createWatched } from './watched.models.ts';

type WatchOptions = Parameters<KubernetesClient['watch']>[1];

export type WatchNeeds = ExchangeNeeds & { exchange: Exchange };

type Watching = {
  needs: WatchNeeds;
  resource: ApiResource;
  options: WatchOptions;
  watched: Watched;
  /** '' until a list is complete and after a 410: list first. */
  resourceVersion: string;
  /** Failures in a row; an event or bookmark ends the row. */
  failures: number;
  /** When the last list and the last watch began, milliseconds since 1970. */
  listedAt: number;
  openedAt: number;
  troubled: boolean;
};

/**
 * List, then watch, until `signal` is aborted. Resolves then; rejects only with what `onEvent` throws.
 * A connection found silent is opened again at once and counts as trouble only if that fails.
 */
export async function watchResource(
  needs: WatchNeeds,
  resource: ApiResource,
  options: WatchOptions,
): Promise<void> {
  const watching: Watching = {
    needs,
    resource,
    options,
    watched: createWatched(),
    resourceVersion: '',
    failures: 0,
    listedAt: Number.NEGATIVE_INFINITY,
    openedAt: Number.POSITIVE_INFINITY,
    troubled: false,
  };
  while (!options.signal.aborted) {
    try {
      await round(watching);
    } catch (error) {
      if (options.signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      await recover(watching, error);
    }
  }
}

async function round(watching: Watching): Promise<void> {
  if (watching.resourceVersion === '') await list(watching);
  await follow(watching);
}

/** Every page anew: after a 410 nothing older can be trusted to be continued. */
async function list(watching: Watching): Promise<void> {
  const { needs, resource, options, watched } = watching;
  await wait(watching, watching.listedAt + needs.timing.relistGap - needs.now());
  watching.listedAt = needs.now();
  watched.begin();
  const chosen = where(options);
  let page = readPage(needs.server, await get(watching, listUrl(resource, chosen)));
  const { kind, resourceVersion } = page;
  for (;;) {
    emit(
      watching,
      page.objects.flatMap((object) => watched.listed(object)),
    );
    const { continueToken } = page;
    if (continueToken === '') break;
    const next = listUrl(resource, { ...chosen, continueToken });
    page = readPage(needs.server, await get(watching, next));
  }
  emit(watching, [...watched.complete(kind), { type: 'SYNCED', resourceVersion }]);
  watching.resourceVersion = resourceVersion;
  recovered(watching);
}

async function get({ needs, options }: Watching, path: string): Promise<Buffer> {
  const { signal } = options;
  return (await needs.exchange({ method: 'GET', path, repeatable: true, expect: 'page', signal }))
    .body;
}

/** One watch from the last known version to its end. */
async function follow(watching: Watching): Promise<void> {
  const { needs, options } = watching;
  const lines = await openWatch(needs, followUrl(watching), options.signal);
  watching.openedAt = needs.now();
  recovered(watching);
  let events = 0;
  for await (const line of lines) {
    if (line.length === 0) continue;
    take(watching, readEvent(needs.server, line));
    events++;
  }
  // A server that ends watches at once would otherwise be asked without a pause.
  if (events === 0 && needs.now() - watching.openedAt < needs.timing.relistGap) {
    watching.failures++;
    await wait(watching, pauseOf(watching, null));
  }
}

function take(watching: Watching, event: StreamEvent): void {
  if (event.type !== 'BOOKMARK') emit(watching, watching.watched.changed(event.type, event.object));
  watching.resourceVersion = event.resourceVersion;
  watching.failures = 0;
}

function followUrl({ needs, resource, options, resourceVersion }: Watching): string {
  const [least, most] = needs.timing.watchSeconds;
  const seconds = Math.round(least + needs.random() * (most - least));
  return watchUrl(resource, { ...where(options), resourceVersion, seconds });
}

async function recover(watching: Watching, error: ApiError): Promise<void> {
  // A watch that stood for a while on a quiet kind was a good one, even without an event.
  const stood = watching.needs.now() - watching.openedAt > watching.needs.timing.watchSilence / 2;
  watching.openedAt = Number.POSITIVE_INFINITY;
  watching.failures = stood ? 1 : watching.failures + 1;
  if (isExpired(error)) {
    watching.resourceVersion = '';
    // The first one is everyday life: history is compacted every five minutes.
    if (watching.failures === 1) return;
  } else if (error.reason === 'Timeout' && watching.failures === 1) {
    return;
  } else {
    watching.troubled = true;
    watching.options.onTrouble?.(error.message);
  }
  await wait(watching, pauseOf(watching, error.retryAfter));
}

/** `Gone` and `Expired` are the reasons of a 410, in the answer as in the stream. */
const isExpired = ({ status, reason }: ApiError) =>
  status === 410 || reason === 'Expired' || reason === 'Gone';

function pauseOf({ needs, failures }: Watching, retryAfter: number | null): number {
  const { timing, random } = needs;
  const limits = { base: timing.backoffBase, cap: timing.watchBackoffCap };
  return Math.max(retryAfter ?? 0, backoff(failures, limits, random));
}

function recovered(watching: Watching): void {
  if (!watching.troubled) return;
  watching.troubled = false;
  watching.options.onTrouble?.(null);
}

function emit({ options }: Watching, events: readonly WatchEvent[]): void {
  for (const event of events) options.onEvent(event);
}

/** Ends early, without an error, when the watch is to end. */
async function wait({ options }: Watching, milliseconds: number): Promise<void> {
  if (milliseconds <= 0 || options.signal.aborted) return;
  await sleep(milliseconds, undefined, { signal: options.signal }).catch(() => {});
}

function where({ namespace, labelSelector }: WatchOptions) {
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(labelSelector === undefined ? {} : { labelSelector }),
  };
}
