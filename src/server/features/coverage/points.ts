import {
  type BackupScope,
  holds,
  type LiveNamespace,
  type NamespacePoints,
} from '#shared/coverage/coverage.models.ts';
import type { CoverageRepository } from './coverage.repository.ts';

type Store = Pick<CoverageRepository, 'usable' | 'namespacesOf' | 'newestOf'>;
type Points = ReadonlyMap<string, NamespacePoints>;

const none: NamespacePoints = { newest: null, complete: null, narrowed: null };
/** The newest backups are looked through one by one; what is older is asked for by name. */
const lookedThrough = 64;
const perPage = 16;

/**
 * Which backups hold each namespace. Mostly the newest one holds nearly all, so that hundreds of
 * backups of ten thousand namespaces cost one list of names.
 */
export async function findPoints(
  cluster: string,
  namespaces: readonly LiveNamespace[],
  store: Store,
): Promise<Points> {
  const points = new Map(namespaces.map(({ name }) => [name, none]));
  let open = [...namespaces];
  for await (const scope of newestFirst(cluster, store)) {
    if (open.length === 0) return points;
    const found = await store.namespacesOf(cluster, scope.id);
    open = open.filter((live) => {
      if (!holds(scope, live, found)) return true;
      const now = withScope(points.get(live.name) ?? none, scope);
      points.set(live.name, now);
      return now.complete === null;
    });
  }
  return withOlder(cluster, points, store);
}

async function* newestFirst(cluster: string, store: Store): AsyncGenerator<BackupScope> {
  let before: BackupScope | null = null;
  for (let seen = 0; seen < lookedThrough; seen += perPage) {
    const scopes: BackupScope[] = await store.usable(cluster, { before, limit: perPage });
    yield* scopes;
    before = scopes.at(-1) ?? null;
    if (scopes.length < perPage) return;
  }
}

/** Of two backups the one that came first here is the newer. */
export function withScope(points: NamespacePoints, scope: BackupScope): NamespacePoints {
  if (scope.narrowedTo !== null) return { ...points, narrowed: points.narrowed ?? scope };
  const newest = points.newest ?? scope;
  const complete = points.complete ?? (scope.state === 'completed' ? scope : null);
  return { ...points, newest, complete };
}

async function withOlder(
  cluster: string,
  points: Map<string, NamespacePoints>,
  store: Store,
): Promise<Points> {
  const bare = [...points].flatMap(([name, { newest }]) => (newest === null ? [name] : []));
  for (const [name, scope] of await store.newestOf(cluster, bare))
    points.set(name, withScope(points.get(name) ?? none, scope));
  return points;
}
