import { dayLength } from '#shared/time/lengths.models.ts';
import type { Cluster } from '#shared/clusters/clusters.contract.ts';
import { type CoverageView, tally } from '#shared/coverage/coverage.models.ts';
import type { CoverageItem } from '#shared/coverage/coverage.contract.ts';
import { needsOf } from '#shared/overview/needs.models.ts';
import { eventOf, stripOf } from '#shared/overview/strips.models.ts';
import type { Need, Overview } from '#shared/overview/overview.contract.ts';
import type { Strip } from '#shared/overview/strip.contract.ts';
import type { Schedule, Slot } from '#shared/schedules/schedule.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Reach, StoredRun } from '../../platform/runs.types.ts';
import { zoneUnknown } from './overview.errors.ts';
import type { OverviewRepository } from './overview.repository.ts';

export type OverviewNeeds = {
  store: OverviewRepository;
  clock: Clock;
  coverageOf: (cluster: string, reach: Reach) => Promise<CoverageView>;
  /** What is known of a cluster now. Throws when this person may not see it. */
  clusterSeen: (id: string, actor: Actor) => Promise<Known>;
  condition: (
    cluster: string,
  ) => Promise<{ damaged: readonly string[]; verifiedAt: number | null }>;
  /** How many backups this reader may see. */
  backupsSeen: (cluster: string, reach: Reach) => Promise<number>;
  unfinished: () => Promise<StoredRun[]>;
  /** Whether who may see these namespaces may see a run that is about those. */
  isVisible: (namespaces: Reach, reach: Reach) => boolean;
  /** The run without what this reader may not know. */
  asSeen: (run: Run, reach: Reach) => Run;
  exportedTo: (cluster: string, run: string) => Promise<'folder' | 's3' | 'unknown'>;
  /** Schedules that this reader may see, with their state. */
  schedulesSeen: (cluster: string, actor: Actor) => Promise<Schedule[]>;
  /** Slots of these schedules since then, with what became of their runs. */
  slotsSince: (
    cluster: string,
    at: number,
    schedules: readonly string[],
  ) => Promise<(Slot & { schedule: string })[]>;
  clockDoubt: () => string | null;
  /** Schedules whose retention waits for a person. */
  asking: (cluster: string) => readonly string[];
  /** Of the data folder; null: nobody knows. */
  diskOf: () => Promise<{ free: number; total: number } | null>;
};
type Known = { cluster: Cluster; answeredAt: number | null };

const stripDays = 30;
/** How long a failure that nothing made good stays a line: of backups, of everything else. */
const failedBackupFor = 30 * dayLength;
const failedFor = 7 * dayLength;
/** Rows of *Running and waiting* that one answer holds. */
const mostActive = 50;

type Asked = { id: string; zone: string };
type Looking = {
  id: string;
  zone: string;
  now: number;
  reach: Reach;
  runsReach: Reach;
  schedules: Schedule[];
};

export async function showOverview(
  { id, zone }: Asked,
  actor: Actor,
  needs: OverviewNeeds,
): Promise<Overview> {
  assertZone(zone);
  const now = needs.clock().epochMilliseconds;
  const { cluster, answeredAt } = await needs.clusterSeen(id, actor);
  const reach = actor.namespacesWith('backups:read', id);
  const runsReach = actor.namespacesWith('runs:read', id);
  const schedules = await needs.schedulesSeen(id, actor);
  const looking = { id, zone, now, reach, runsReach, schedules };
  const view = await needs.coverageOf(id, reach);
  const backups = await needs.backupsSeen(id, reach);
  return {
    at: iso(now),
    cluster,
    answeredAt: answeredAt === null ? null : iso(answeredAt),
    reach: reach === 'all' ? 'all' : 'some',
    backups,
    ...covered(view),
    elsewhere: reach === 'all' ? await copiesOf(id, needs) : null,
    needs: await whatNeeds(looking, { cluster, answeredAt, view, backups }, needs),
    active: await activeRuns(looking, needs),
    strips: await strips(looking, needs),
    lastRestore: await lastRestore(looking, needs),
  };
}

function assertZone(zone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch (error) {
    if (error instanceof RangeError) throw zoneUnknown(zone);
    throw error;
  }
}

const iso = (at: number): string => new Date(at).toISOString();

function covered(
  view: CoverageView,
): Pick<Overview, 'seen' | 'namespaces' | 'volumes' | 'newest' | 'worst'> {
  const { namespaces, claims } = tally(view.items);
  const nothing = view.seen.from === 'nothing';
  return {
    seen: view.seen,
    namespaces: nothing ? null : namespaces,
    volumes: nothing || !view.claimsKnown ? null : claims,
    newest: view.newest,
    worst: worstOf(view.items),
  };
}

function worstOf(items: readonly CoverageItem[]): Overview['worst'] {
  const oldest = items.reduce<CoverageItem | null>((worst, item) => {
    if (item.subject !== 'namespace' || item.restorePoint === null) return worst;
    return worst?.restorePoint && worst.restorePoint.at <= item.restorePoint.at ? worst : item;
  }, null);
  return oldest?.restorePoint ? { ...oldest.restorePoint, namespace: oldest.namespace } : null;
}

async function copiesOf(
  id: string,
  { store, exportedTo }: OverviewNeeds,
): Promise<Overview['elsewhere']> {
  const { exports, newest } = await store.exports(id);
  if (newest?.backup == null || newest.finished_at === null) return { exports, newest: null };
  const to = await exportedTo(id, newest.id);
  return { exports, newest: { backup: newest.backup, at: iso(newest.finished_at), to } };
}

async function whatNeeds(
  { id, now, reach, runsReach, schedules }: Looking,
  { cluster, answeredAt, view, backups }: Known & { view: CoverageView; backups: number },
  { store, condition, diskOf, isVisible, clockDoubt, asking }: OverviewNeeds,
): Promise<Need[]> {
  const { damaged, verifiedAt } = await condition(id);
  const ended = (await store.ended(id, now - failedBackupFor)).filter(
    (run) =>
      isVisible(run.namespaces, runsReach) &&
      (run.kind === 'backup' || run.createdAt >= now - failedFor),
  );
  return needsOf({
    now,
    cluster: reach === 'all' ? cluster : { ...cluster, problem: null },
    answeredAt,
    ended,
    damaged: reach === 'all' ? damaged : [],
    unread: view.unread,
    uncovered: uncoveredOf(view),
    disk: reach === 'all' ? await diskOf() : null,
    hasBackup: backups > 0,
    verification:
      reach === 'all' && view.newest ? { newest: view.newest.backup, lastAt: verifiedAt } : null,
    schedules: {
      overdue: overdueOf(schedules),
      clockDoubt: clockDoubt(),
      asking: asking(id).filter((name) => schedules.some((one) => one.name === name)),
    },
  });
}

const overdueStates = ['missed', 'stuck', 'late'] as const;

const overdueOf = (schedules: readonly Schedule[]) =>
  overdueStates.flatMap((state) =>
    schedules
      .filter((one) => one.state === state)
      .map(({ name, sentence }) => ({ name, state, sentence })),
  );

/** Before the first backup everything is uncovered: the page says that, and this list does not repeat it. */
function uncoveredOf({ items, newest }: CoverageView): { names: string[]; reason: string } {
  const bare = items.filter(
    ({ subject, state }) => newest !== null && subject === 'namespace' && state === 'uncovered',
  );
  const codes = new Set(bare.map(({ reason }) => reason?.code));
  const [first] = bare;
  const shared =
    codes.size === 1
      ? (first?.reason?.sentence ?? '')
      : 'For several reasons: Coverage shows each.';
  return { names: bare.map(({ namespace }) => namespace), reason: shared };
}

async function activeRuns(
  { id, runsReach }: Looking,
  { unfinished, isVisible, asSeen }: OverviewNeeds,
): Promise<Run[]> {
  const mine = (await unfinished()).filter(
    ({ run, namespaces }) => run.cluster === id && isVisible(namespaces, runsReach),
  );
  const runs = mine.map(({ run }) => asSeen(run, runsReach));
  const running = runs.filter(({ state }) => state === 'running');
  return [...running, ...runs.filter(({ state }) => state !== 'running')].slice(0, mostActive);
}

/** More rows than these are for the page of schedules. */
const mostStrips = 12;

/** By hand, and each schedule: those that need somebody first. */
async function strips(
  { id, zone, now, runsReach, schedules }: Looking,
  { store, slotsSince, isVisible }: OverviewNeeds,
): Promise<Strip[]> {
  const since = now - (stripDays + 1) * dayLength;
  const asked = { now, zone, days: stripDays };
  const runs = (await store.backupsSince(id, since)).filter(
    ({ namespaces, schedule }) => schedule === null && isVisible(namespaces, runsReach),
  );
  const shown = schedules
    .toSorted((a, b) => urgency(a) - urgency(b) || (a.name < b.name ? -1 : 1))
    .slice(0, mostStrips);
  const names = shown.map(({ name }) => name);
  const slots = names.length === 0 ? [] : await slotsSince(id, since, names);
  const bySchedule = Map.groupBy(slots, ({ schedule }) => schedule);
  const scheduled = shown.map(({ name }) =>
    stripOf(name, (bySchedule.get(name) ?? []).map(eventOf), asked),
  );
  return [...scheduled, stripOf('By hand', runs, asked)];
}

const worrying: readonly string[] = [...overdueStates, 'failed', 'partial'];
const urgency = ({ state }: Schedule): number => (worrying.includes(state) ? 0 : 1);

async function lastRestore(
  { id, runsReach }: Looking,
  { store, isVisible }: OverviewNeeds,
): Promise<Overview['lastRestore']> {
  const last = (await store.restores(id)).find(({ namespaces }) =>
    isVisible(namespaces, runsReach),
  );
  if (last?.startedAt == null || last.finishedAt === null) return null;
  return {
    run: last.id,
    finishedAt: iso(last.finishedAt),
    milliseconds: Math.max(0, last.finishedAt - last.startedAt),
    objects: objectsOf(last.result),
  };
}

/** What a restore made or changed; null when its result does not say. */
function objectsOf(result: Readonly<Record<string, number>> | null): number | null {
  if (result === null) return null;
  const { created = 0, updated = 0, replaced = 0 } = result;
  return created + updated + replaced;
}
