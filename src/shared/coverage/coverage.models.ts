import { count } from '../words/format.models.ts';
import type {
  CoverageItem,
  CoverageState,
  CoverageSubject,
  ReasonCode,
  RestorePoint,
  Seen,
} from './coverage.contract.ts';

/** What a usable backup set out to hold. Instants: milliseconds since 1970. */
export type BackupScope = {
  id: string;
  startedAt: number;
  state: 'completed' | 'partial';
  /** The namespaces chosen; null: the whole cluster. */
  chosen: readonly string[] | null;
  excluded: readonly string[];
  /** What was left out of every namespace by choice, as words; null: nothing. */
  narrowedTo: string | null;
};

export type UnreadKind = { resource: string; namespaced: boolean; reason: string };

/** What a backup says about itself that its row in the database does not. */
export type BackupFindings = {
  /** Kinds that were not read completely. */
  kindsNotRead: readonly UnreadKind[];
  /** Why the data of a claim is not in it, by `namespace/name`. */
  claims: ReadonlyMap<string, string>;
};

/** The backups that hold one namespace. */
export type NamespacePoints = {
  /** The newest that holds it whole, as far as it could be read. */
  newest: BackupScope | null;
  /** The newest of those that read everything; may be older. */
  complete: BackupScope | null;
  /** The newest that holds a chosen part of it. */
  narrowed: BackupScope | null;
};

/** What the rules look at, gathered beforehand. */
export type CoverageFacts = {
  /** The newest usable backup of all; null: there is none. */
  newest: BackupScope | null;
  /** Every backup there is was found to be damaged. */
  onlyDamaged: boolean;
  pointsOf: (namespace: string) => NamespacePoints | undefined;
  /** Undefined: the description of the backup cannot be read. */
  findingsOf: (backup: string) => BackupFindings | undefined;
  /** Names of the schedules that take a namespace, as far as the reader may know them. */
  schedulesOf: (namespace: string) => readonly string[];
  /** Whether the reader may learn of other namespaces, and what the API server said. */
  seesAll: boolean;
};

export type LiveNamespace = { name: string; createdAt: number | null };
export type LiveClaim = { namespace: string; name: string; createdAt: number | null };

/** What covers a cluster, as far as a reader may know it. */
export type CoverageView = {
  seen: Seen;
  /** In the order of their sort keys. */
  items: readonly CoverageItem[];
  /** The newest usable backup that the reader may see. */
  newest: RestorePoint | null;
  /** The newest that was made of the whole cluster; null: each is of a part. */
  newestWhole: RestorePoint | null;
  /** Restore points in use that lack kinds. `objects` and reasons: null for who may not know them. */
  unread: readonly UnreadBackup[];
  /** False: the claims could not be listed. */
  claimsKnown: boolean;
};

export type UnreadBackup = {
  backup: string;
  objects: number | null;
  kinds: readonly (Omit<UnreadKind, 'reason'> & { reason: string | null })[];
};

type Reason = NonNullable<CoverageItem['reason']>;

const reason = (code: ReasonCode, sentence: string): Reason => ({ code, sentence });

/** Whether a backup holds a namespace: objects of it were found, or it was there to be looked into. */
export function holds(
  scope: BackupScope,
  { name, createdAt }: LiveNamespace,
  found: ReadonlySet<string>,
): boolean {
  if (found.has(name)) return true;
  if (scope.excluded.includes(name)) return false;
  if (scope.chosen !== null) return scope.chosen.includes(name);
  return createdAt !== null && createdAt <= scope.startedAt;
}

/** The state of one namespace, with the reason when a restore would not bring it back whole. */
export function namespaceCoverage(live: LiveNamespace, facts: CoverageFacts): CoverageItem {
  const points = facts.pointsOf(live.name);
  const point = points?.newest ?? points?.narrowed ?? null;
  const why = points && point ? whyPartly(points, point, facts) : whyUncovered(live, facts);
  return {
    subject: 'namespace',
    namespace: live.name,
    name: null,
    state: point === null ? 'uncovered' : why === null ? 'covered' : 'partly',
    reason: why,
    restorePoint: point && pointOf(point),
    schedules: facts.schedulesOf(live.name).slice(0, schedulesNamed),
    createdAt: isoOrNull(live.createdAt),
  };
}

const schedulesNamed = 3;

function whyPartly(
  { newest, complete }: NamespacePoints,
  point: BackupScope,
  { findingsOf, seesAll }: CoverageFacts,
): Reason | null {
  if (newest === null)
    return reason('narrowed', `Only a part of it was chosen: ${point.narrowedTo ?? 'some kinds'}.`);
  if (newest === complete) return null;
  const unread = findingsOf(newest.id)?.kindsNotRead.filter(({ namespaced }) => namespaced);
  if (unread?.length === 0) return null;
  const older = complete
    ? ' An older backup has everything.'
    : ' No backup has everything of this namespace.';
  return reason('kindsNotRead', `${kindsSentence(unread, seesAll)}${older}`);
}

const kindsNamed = 3;

function kindsSentence(kinds: readonly UnreadKind[] | undefined, seesAll: boolean): string {
  if (kinds === undefined)
    return 'Some kinds could not be read; which ones, is not known any more.';
  const names = kinds.slice(0, kindsNamed).map(({ resource }) => resource);
  const more = kinds.length > kindsNamed ? ` and ${kinds.length - kindsNamed} more` : '';
  const [first] = kinds;
  const said = seesAll && first ? ` ${sentenceEnd(first.reason)}` : '';
  return `${count(kinds.length, 'kind')} could not be read: ${names.join(', ')}${more}.${said}`;
}

const sentenceEnd = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Why, and whether it will be in the next one. */
function whyUncovered(live: LiveNamespace, facts: CoverageFacts): Reason {
  const { code, sentence } = whyInNone(live, facts);
  const [schedule] = facts.schedulesOf(live.name);
  const next = schedule === undefined ? 'No schedule takes it.' : `${schedule} will take it.`;
  return reason(code, `${sentence} ${next}`);
}

function whyInNone(live: LiveNamespace, { newest, onlyDamaged, seesAll }: CoverageFacts): Reason {
  if (!seesAll) return reason('notChosen', 'No backup holds it.');
  if (newest === null && onlyDamaged)
    return reason('damaged', 'Every backup that there is was found to be damaged.');
  if (newest === null) return reason('noBackup', 'There is no backup yet.');
  if (live.createdAt !== null && live.createdAt > newest.startedAt)
    return reason('newer', 'It was created after the newest backup began.');
  if (newest.excluded.includes(live.name))
    return reason('excluded', `It is left out of ${newest.id} by name, and in no other backup.`);
  return reason('notChosen', `${newest.id} was made of other namespaces, and no other has it.`);
}

/** The data of a volume, and the claim's object with it. */
export function claimCoverage(live: LiveClaim, facts: CoverageFacts): CoverageItem {
  const points = facts.pointsOf(live.namespace);
  const point = points?.newest ?? points?.narrowed ?? null;
  const said = point && facts.findingsOf(point.id)?.claims.get(`${live.namespace}/${live.name}`);
  return {
    subject: 'claim',
    namespace: live.namespace,
    name: live.name,
    state: 'uncovered',
    reason:
      typeof said === 'string'
        ? reason('dataNotCopied', said)
        : whyClaimUncovered(live, point, facts),
    restorePoint: typeof said === 'string' && point ? pointOf(point) : null,
    schedules: facts.schedulesOf(live.namespace).slice(0, schedulesNamed),
    createdAt: isoOrNull(live.createdAt),
  };
}

function whyClaimUncovered(
  live: LiveClaim,
  point: BackupScope | null,
  facts: CoverageFacts,
): Reason {
  if (point === null) return whyUncovered({ ...live, name: live.namespace }, facts);
  if (live.createdAt !== null && live.createdAt > point.startedAt)
    return reason('newer', 'It was created after the newest backup of its namespace began.');
  return reason('notChosen', 'The newest backup of its namespace has neither claim nor data.');
}

/** Made of the whole cluster, with nothing left out but what changes all the time. */
export const isWhole = ({ chosen, narrowedTo }: BackupScope): boolean =>
  chosen === null && narrowedTo === null;

export const pointOf = ({ id, startedAt, state }: BackupScope): RestorePoint => ({
  backup: id,
  at: new Date(startedAt).toISOString(),
  state,
});

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const rank: Readonly<Record<CoverageState, string>> = { uncovered: '0', partly: '1', covered: '2' };
const place: Readonly<Record<CoverageSubject, string>> = { namespace: '0', claim: '1' };

/**
 * Where an item stands in the list: the worst namespaces first, then the claims. Texts compared
 * bytewise; NUL sorts before every character of a name, so `a` stands before `a-b`.
 */
export const sortKey = ({ state, subject, namespace, name }: CoverageItem): string =>
  [rank[state] + place[subject], namespace, name ?? ''].join('\0');

/** How many items of each kind and state there are. */
export function tally(items: readonly CoverageItem[]) {
  const of = (subject: CoverageSubject) => items.filter((item) => item.subject === subject);
  const among = (some: readonly CoverageItem[], state: CoverageState) =>
    some.filter((item) => item.state === state).length;
  const namespaces = of('namespace');
  const claims = of('claim');
  return {
    namespaces: {
      all: namespaces.length,
      covered: among(namespaces, 'covered'),
      partly: among(namespaces, 'partly'),
      uncovered: among(namespaces, 'uncovered'),
    },
    claims: { all: claims.length, notBackedUp: claims.length - among(claims, 'covered') },
  };
}

export type CoverageFilter = {
  state?: CoverageState | undefined;
  subject?: CoverageSubject | undefined;
  search?: string | undefined;
};

export const matches = (item: CoverageItem, { state, subject, search = '' }: CoverageFilter) =>
  (state === undefined || item.state === state) &&
  (subject === undefined || item.subject === subject) &&
  (search === '' ||
    item.namespace.includes(search.toLowerCase()) ||
    (item.name ?? '').includes(search.toLowerCase()));
