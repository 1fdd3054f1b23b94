import type { EngineCluster } from '../../engines/engine.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problems.ts';
import { within } from '../../platform/within.ts';
import { type LivePicture, readLivePicture } from './live-picture.ts';

/** `picture`: the last one there was. `problem`: why it could not be renewed; null: it is as of now. */
export type Looked = { picture: LivePicture | null; at: number | null; problem: string | null };
export type Pictures = ReturnType<typeof createPictures>;

type Needs = { clusterOf: (cluster: string) => Promise<EngineCluster>; clock: Clock };
type Entry = Looked & { askedAt: number; reading: Promise<void> | null };

/** How old a picture may be, how long a page waits for a new one, and how long one may take. */
const freshFor = 10_000;
const glanceFor = 1500;
const waitFor = 8000;
const patience = 60_000;

/** What each cluster holds, looked at when it is asked for and shared by all who ask. */
export function createPictures(needs: Needs) {
  const entries = new Map<string, Entry>();
  return {
    /** A page with an older picture at hand does not wait long for a new one. */
    of: async (cluster: string): Promise<Looked> => {
      const entry = entries.get(cluster) ?? { ...nothing };
      entries.set(cluster, entry);
      const now = needs.clock().epochMilliseconds;
      if (!entry.reading && now - entry.askedAt >= freshFor) {
        entry.askedAt = now;
        entry.reading = look(cluster, entry, needs).finally(() => (entry.reading = null));
      }
      if (entry.reading) await within(entry.reading, entry.picture ? glanceFor : waitFor);
      const { picture, at, problem } = entry;
      return { picture, at, problem: picture || problem ? problem : 'It has not answered yet.' };
    },
  };
}

const nothing: Entry = { picture: null, at: null, problem: null, askedAt: 0, reading: null };

async function look(cluster: string, entry: Entry, { clusterOf, clock }: Needs): Promise<void> {
  try {
    const live = await clusterOf(cluster);
    entry.picture = await readLivePicture(live, AbortSignal.timeout(patience));
    entry.at = clock().epochMilliseconds;
    entry.problem = null;
  } catch (error) {
    entry.problem = why(error);
  }
}

function why(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.title;
  if (error instanceof ApiError) return `Its namespaces could not be listed: ${error.message}`;
  return 'Its namespaces could not be listed: its answer is not that of a Kubernetes API server.';
}
