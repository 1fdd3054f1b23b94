import { dayLength } from '../time/lengths.models.ts';
import type { Cluster } from '../clusters/clusters.contract.ts';
import type { UnreadBackup } from '../coverage/coverage.models.ts';
import { count, figure, size, span } from '../words/format.models.ts';
import { type Need, needStates } from './overview.contract.ts';
import { action } from './need-action.models.ts';
import { type EndedRun, runNeeds } from './run-needs.models.ts';
import { type ScheduleFactsOfNeeds, scheduleNeeds } from './schedule-needs.models.ts';
import { listed } from './names.models.ts';

export type NeedFacts = {
  now: number;
  cluster: Pick<Cluster, 'id' | 'state' | 'problem' | 'identityChanged'>;
  /** When the cluster answered last; null: not since Lifeboat started. */
  answeredAt: number | null;
  /** Newest first, as far back as a failure is worth a line. */
  ended: readonly EndedRun[];
  /** Names of damaged backups. */
  damaged: readonly string[];
  /** Restore points in use that lack kinds, newest first. */
  unread: readonly UnreadBackup[];
  /** Namespaces in no backup, and the reason of the first. Empty while there is no backup at all. */
  uncovered: { names: readonly string[]; reason: string };
  /** Null: unknown, or not the reader's affair. */
  disk: { free: number; total: number } | null;
  /** Whether a backup is there, of any state, that the reader may see. */
  hasBackup: boolean;
  /** The newest usable backup, and when any was verified last; null: there is no usable one. */
  verification: { newest: string; lastAt: number | null } | null;
  schedules: ScheduleFactsOfNeeds;
};

/** How old the last verification may be. */
export const verifiedFor = 30 * dayLength;
/** So many namespaces can be backed up by the button beside the line. */
const namespacesAtOnce = 20;

/** What needs somebody: one line for each cause, the worst first. */
export function needsOf(facts: NeedFacts): Need[] {
  const found = [
    ...clusterNeeds(facts),
    ...firstBackupNeeds(facts),
    ...damageNeeds(facts),
    ...scheduleNeeds(facts.schedules),
    ...runNeeds(facts),
    ...unreadNeeds(facts),
    ...uncoveredNeeds(facts),
    ...diskNeeds(facts),
    ...verificationNeeds(facts),
  ];
  return found.toSorted((a, b) => needStates.indexOf(a.state) - needStates.indexOf(b.state));
}

function clusterNeeds({ cluster, answeredAt, now }: NeedFacts): Need[] {
  const { id, state, problem, identityChanged } = cluster;
  if (identityChanged)
    return [
      {
        id: 'identity',
        state: 'unavailable',
        sentence: `${id} may be another cluster than before`,
        detail:
          'The uid of its namespace kube-system changed. Backups and restores stop until that is settled.',
        action: action({ label: 'Say which it is', what: 'openCluster' }),
      },
    ];
  if (state !== 'unavailable') return [];
  const since =
    answeredAt === null ? 'since Lifeboat started' : `for ${span(Math.max(0, now - answeredAt))}`;
  return [
    {
      id: 'unavailable',
      state: 'unavailable',
      sentence: `${id} has not answered ${since}`,
      detail:
        problem ?? 'Backups are safe and can be read; what changed in the cluster is unknown.',
      action: action({ label: 'Show the cluster', what: 'openCluster' }),
    },
  ];
}

function firstBackupNeeds({ cluster, hasBackup }: NeedFacts): Need[] {
  if (hasBackup || cluster.identityChanged) return [];
  return [
    {
      id: 'first-backup',
      state: 'uncovered',
      sentence: `${cluster.id} has no backup`,
      detail: 'The first one reads everything there is; a later one writes only what changed.',
      action: action({ label: 'Back up now', what: 'backUp' }),
    },
  ];
}

function damageNeeds({ damaged }: NeedFacts): Need[] {
  const [first] = damaged;
  if (first === undefined) return [];
  const one = damaged.length === 1;
  return [
    {
      id: 'damaged',
      state: 'damaged',
      sentence: one ? `${first} is damaged` : `${count(damaged.length, 'backup')} are damaged`,
      detail: one
        ? 'It is not counted as a restore point. Make a new backup now; then look what can still be read of it.'
        : `${listed(damaged)} are not counted as restore points. Make a new backup now.`,
      action: action({ label: 'Show the damage', what: 'openBackup', backup: first }),
    },
  ];
}

function unreadNeeds({ unread }: NeedFacts): Need[] {
  return unread.slice(0, 3).map(({ backup, objects, kinds }) => {
    const names = listed(kinds.map(({ resource }) => resource));
    const said = kinds.find(({ reason }) => reason !== null)?.reason ?? null;
    return {
      id: `unread|${backup}`,
      state: 'partial' as const,
      sentence: `${backup} is missing ${count(kinds.length, 'kind')}: ${names}`,
      detail: `${said === null ? '' : `${ended(said)} `}${objects === null ? 'Everything else in it' : `The other ${count(objects, 'object')}`} can be restored.`,
      action: action({ label: 'Show the backup', what: 'openBackup', backup }),
    };
  });
}

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function uncoveredNeeds({ uncovered: { names, reason } }: NeedFacts): Need[] {
  if (names.length === 0) return [];
  const one = names.length === 1;
  const few = names.length <= namespacesAtOnce;
  return [
    {
      id: 'uncovered',
      state: 'uncovered',
      sentence: `${one ? 'Namespace' : 'Namespaces'} ${listed(names)} ${one ? 'is' : 'are'} in no backup`,
      detail: reason,
      action: few
        ? action({
            label: `Back ${one ? 'it' : 'them'} up now`,
            what: 'backUp',
            namespaces: [...names],
          })
        : action({ label: 'Show them', what: 'openCoverage' }),
    },
  ];
}

const gib = 1024 ** 3;

/** Little in itself, or little of the whole unless that is still plenty. */
export const isNearlyFull = ({ free, total }: { free: number; total: number }): boolean =>
  free < gib || (free < total / 10 && free < 20 * gib);

function diskNeeds({ disk }: NeedFacts): Need[] {
  if (disk === null || !isNearlyFull(disk)) return [];
  return [
    {
      id: 'disk',
      state: 'warning',
      sentence: `The disk of the backups is nearly full: ${size(disk.free)} of ${size(disk.total)} free`,
      detail:
        'A backup that does not fit is not made; those that are there are safe. Give it more space, or delete backups that may go.',
      action: null,
    },
  ];
}

function verificationNeeds({ verification, now }: NeedFacts): Need[] {
  if (verification === null) return [];
  const { newest, lastAt } = verification;
  if (lastAt !== null && now - lastAt <= verifiedFor) return [];
  const days = lastAt === null ? 0 : Math.floor((now - lastAt) / dayLength);
  return [
    {
      id: 'verification',
      state: 'unknown',
      sentence:
        lastAt === null
          ? 'No backup was ever verified'
          : `No backup was verified for ${figure(days)} days`,
      detail: 'Whether everything can be read back is known only once it was tried.',
      action: action({ label: 'Verify the newest', what: 'verify', backup: newest }),
    },
  ];
}
