import type { Seen } from '#shared/coverage/coverage.contract.ts';
import {
  type BackupScope,
  isWhole,
  type LiveClaim,
  type LiveNamespace,
  type NamespacePoints,
} from '#shared/coverage/coverage.models.ts';
import type { CoverageRepository } from './coverage.repository.ts';
import type { createFindings, Findings } from './findings.ts';
import type { Looked, Pictures } from './pictures.ts';
import { findPoints } from './points.ts';

export type SnapshotNeeds = {
  store: CoverageRepository;
  pictures: Pictures;
  findings: ReturnType<typeof createFindings>;
  /** Schedules that are not paused. */
  schedulesIn: (cluster: string) => Promise<readonly TakenBySchedule[]>;
};

/** What a schedule takes. `chosen`: null is the whole cluster. */
export type TakenBySchedule = {
  name: string;
  chosen: readonly string[] | null;
  excluded: readonly string[];
};

/** Everything that coverage is judged by, of one cluster at one moment. */
export type Snapshot = {
  seen: Seen;
  namespaces: readonly LiveNamespace[];
  claims: readonly LiveClaim[] | null;
  points: ReadonlyMap<string, NamespacePoints>;
  /** Of the restore points in use. */
  findings: ReadonlyMap<string, Findings>;
  newest: BackupScope | null;
  onlyDamaged: boolean;
  schedules: readonly TakenBySchedule[];
};

/** Restore points in use whose descriptions are read; more of them are told without details. */
const mostDescribed = 24;

export async function takeSnapshot(cluster: string, needs: SnapshotNeeds): Promise<Snapshot> {
  const { store, pictures } = needs;
  const looked = await pictures.of(cluster);
  const [newest = null] = await store.usable(cluster, { before: null, limit: 1 });
  const { damaged } = await store.condition(cluster);
  const known = looked.picture ?? (newest && (await rememberedBy(cluster, newest, needs)));
  const namespaces = known?.namespaces ?? [];
  const points = await findPoints(cluster, namespaces, store);
  return {
    seen: seenFrom(looked, newest),
    namespaces,
    claims: known?.claims ?? null,
    points,
    findings: await describe(cluster, points, needs),
    newest,
    onlyDamaged: newest === null && damaged.length > 0,
    schedules: await needs.schedulesIn(cluster),
  };
}

function seenFrom({ picture, at, problem }: Looked, newest: BackupScope | null): Seen {
  if (picture) return { from: 'cluster', at: at === null ? null : iso(at), problem };
  if (newest) return { from: 'backup', at: iso(newest.startedAt), problem };
  return { from: 'nothing', at: null, problem };
}

const iso = (at: number) => new Date(at).toISOString();

/** While a cluster cannot be looked at: what its newest backup of everything holds, else its newest. */
async function rememberedBy(
  cluster: string,
  newest: BackupScope,
  { store, findings }: SnapshotNeeds,
): Promise<{ namespaces: LiveNamespace[]; claims: LiveClaim[] | null }> {
  const recent = await store.usable(cluster, { before: null, limit: 64 });
  const best = recent.find(isWhole) ?? newest;
  const names = await store.namespacesOf(cluster, best.id);
  const said = await findings(cluster, best.id, best.startedAt);
  return {
    namespaces: [...names].map((name) => ({ name, createdAt: null })),
    claims: said && [...said.claims.keys()].map(claimNamed),
  };
}

function claimNamed(path: string): LiveClaim {
  const slash = path.indexOf('/');
  return { namespace: path.slice(0, slash), name: path.slice(slash + 1), createdAt: null };
}

async function describe(
  cluster: string,
  points: ReadonlyMap<string, NamespacePoints>,
  { findings }: SnapshotNeeds,
): Promise<Map<string, Findings>> {
  const used = new Map<string, BackupScope>();
  for (const { newest, narrowed } of points.values()) {
    const scope = newest ?? narrowed;
    if (scope && used.size < mostDescribed) used.set(scope.id, scope);
  }
  const described = new Map<string, Findings>();
  for (const { id, startedAt } of used.values()) {
    const said = await findings(cluster, id, startedAt);
    if (said) described.set(id, said);
  }
  return described;
}
