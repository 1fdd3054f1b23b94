import type { RestorePoint } from '#shared/coverage/coverage.contract.ts';
import {
  type BackupScope,
  claimCoverage,
  type CoverageFacts,
  type CoverageView,
  isWhole,
  namespaceCoverage,
  pointOf,
  sortKey,
  type UnreadBackup,
} from '#shared/coverage/coverage.models.ts';
import type { Reach } from '../../platform/runs.types.ts';
import type { Snapshot } from './snapshot.ts';

/** What covers a cluster as a reader may know it; the order of the items is that of their keys. */
export function viewOf(snapshot: Snapshot, reach: Reach): CoverageView {
  const seesAll = reach === 'all';
  const mine = seesAll ? null : new Set(reach);
  const isMine = (name: string) => mine === null || mine.has(name);
  const facts = factsOf(snapshot, mine);
  const items = [
    ...snapshot.namespaces
      .filter(({ name }) => isMine(name))
      .map((live) => namespaceCoverage(live, facts)),
    ...(snapshot.claims ?? [])
      .filter(({ namespace }) => isMine(namespace))
      .map((live) => claimCoverage(live, facts)),
  ];
  const scopes = usedBy(snapshot, isMine);
  return {
    seen: seesAll ? snapshot.seen : { ...snapshot.seen, problem: hidden(snapshot.seen.problem) },
    items: inOrder(items),
    newest: seesAll ? orNull(snapshot.newest) : orNull(scopes[0] ?? null),
    newestWhole: orNull(scopes.find(isWhole) ?? null),
    unread: scopes.flatMap((scope) => unreadOf(scope, snapshot, seesAll)),
    claimsKnown: snapshot.claims !== null,
  };
}

const orNull = (scope: BackupScope | null): RestorePoint | null => scope && pointOf(scope);
/** The API server's own words may name what is not the reader's. */
const hidden = (problem: string | null) => problem && 'The cluster cannot be looked at right now.';

const factsOf = (snapshot: Snapshot, mine: ReadonlySet<string> | null): CoverageFacts => ({
  newest: snapshot.newest,
  onlyDamaged: snapshot.onlyDamaged,
  pointsOf: (name) => snapshot.points.get(name),
  findingsOf: (backup) => snapshot.findings.get(backup),
  schedulesOf: schedulesOf(snapshot, mine),
  seesAll: mine === null,
});

/** Who is bound to namespaces learns only of schedules that take nothing else. */
function schedulesOf({ schedules }: Snapshot, mine: ReadonlySet<string> | null) {
  const seen = schedules.filter(
    ({ chosen }) => mine === null || chosen?.every((name) => mine.has(name)),
  );
  return (namespace: string): string[] =>
    seen
      .filter(
        ({ chosen, excluded }) =>
          !excluded.includes(namespace) && (chosen === null || chosen.includes(namespace)),
      )
      .map(({ name }) => name);
}

function inOrder(items: CoverageView['items']): CoverageView['items'] {
  const keyed = items.map((item) => ({ item, key: sortKey(item) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ item }) => item);
}

/** The restore points in use, newest first. */
function usedBy({ points }: Snapshot, isMine: (name: string) => boolean): BackupScope[] {
  const used = new Map<string, BackupScope>();
  for (const [name, { newest, narrowed }] of points) {
    const scope = newest ?? narrowed;
    if (scope && isMine(name)) used.set(scope.id, scope);
  }
  return [...used.values()].toSorted((a, b) => b.startedAt - a.startedAt);
}

function unreadOf(scope: BackupScope, snapshot: Snapshot, seesAll: boolean): UnreadBackup[] {
  const found = snapshot.findings.get(scope.id);
  const kinds = (found?.kindsNotRead ?? []).filter(({ namespaced }) => seesAll || namespaced);
  if (!found || kinds.length === 0) return [];
  return [
    {
      backup: scope.id,
      objects: seesAll ? found.objects : null,
      kinds: seesAll ? kinds : kinds.map((kind) => ({ ...kind, reason: null })),
    },
  ];
}
