import type { RestorePoint } from '#shared/coverage/coverage.contract.ts';
import type { CoverageView } from '#shared/coverage/coverage.models.ts';
import type { Changes } from '#shared/overview/overview.contract.ts';
import type { Engine, EngineCluster } from '../../engines/engine.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problems.ts';
import type { Reach } from '../../platform/runs.types.ts';
import { within } from '../../platform/within.ts';

type Needs = {
  engine: Pick<Engine, 'diffLive'>;
  clusterOf: (cluster: string) => Promise<EngineCluster>;
  coverageOf: (cluster: string, reach: Reach) => Promise<CoverageView>;
  clock: Clock;
};
type Entry = { answer: Changes; at: number; counting: Promise<void> | null };

/** How long a count is good for, how long an answer waits for one, and how long one may take. */
const freshFor = 60_000;
const waitFor = 1500;
const patience = 20_000;
/** Counts kept at once: of each cluster, and of each set of namespaces that somebody sees. */
const kept = 200;

const nothing = { countedAt: null, added: 0, changed: 0, removed: 0, atLeast: false };

export type ChangesOf = (cluster: string, reach: Reach) => Promise<Changes>;

/** Counts what changed in a cluster since its newest restore point, one count at a time for each reader's part. */
export function createChanges(needs: Needs): ChangesOf {
  const entries = new Map<string, Entry>();
  return async (cluster, reach) => {
    const { newest, newestWhole } = await needs.coverageOf(cluster, reach);
    if (newest === null) return unknown(null, 'There is no restore point to compare with.');
    const since = newestWhole;
    if (since === null)
      return unknown(newest, 'No backup was made of the whole cluster; a part says nothing of it.');
    const key = JSON.stringify([cluster, since.backup, since.at, reach]);
    const now = needs.clock().epochMilliseconds;
    const entry = entries.get(key) ?? { answer: counting(since), at: -Infinity, counting: null };
    if (!entry.counting && now - entry.at >= freshFor) {
      entry.at = now;
      entry.counting = count({ cluster, reach, since, entry }, needs).finally(
        () => (entry.counting = null),
      );
    }
    remember(entries, key, entry);
    if (entry.counting) await within(entry.counting, waitFor);
    return entry.answer;
  };
}

const counting = (since: RestorePoint): Changes => ({
  ...nothing,
  state: 'counting',
  since,
  reason: null,
});
const unknown = (since: RestorePoint | null, reason: string): Changes => ({
  ...nothing,
  state: 'unknown',
  since,
  reason,
});

function remember(entries: Map<string, Entry>, key: string, entry: Entry): void {
  entries.delete(key);
  entries.set(key, entry);
  const [oldest] = entries.keys();
  if (entries.size > kept && oldest !== undefined) entries.delete(oldest);
}

type Job = { cluster: string; reach: Reach; since: RestorePoint; entry: Entry };

async function count({ cluster, reach, since, entry }: Job, needs: Needs): Promise<void> {
  const signal = AbortSignal.timeout(patience);
  const found = { added: 0, changed: 0, removed: 0 };
  const done = (atLeast: boolean): Changes => ({
    ...found,
    state: 'counted',
    since,
    countedAt: new Date(needs.clock().epochMilliseconds).toISOString(),
    atLeast,
    reason: null,
  });
  try {
    const target = await needs.clusterOf(cluster);
    const given = { cluster: target, from: since.backup, namespaces: reach };
    for await (const { change } of needs.engine.diffLive(given, signal)) found[change]++;
    entry.answer = done(false);
  } catch (error) {
    entry.answer = signal.aborted ? done(true) : unknown(since, why(error, reach));
  }
}

function why(error: unknown, reach: Reach): string {
  if (reach !== 'all') return 'The cluster cannot be compared with the backup right now.';
  if (error instanceof ProblemError) return error.problem.title;
  if (error instanceof ApiError) return `The cluster could not be read: ${error.message}`;
  return 'The cluster could not be compared with the backup.';
}
