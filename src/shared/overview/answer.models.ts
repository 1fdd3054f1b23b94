import { count, figure, relative, span } from '../words/format.models.ts';
import type { Overview } from './overview.contract.ts';

type Counts = NonNullable<Overview['namespaces']>;

/** The one sentence that the page begins with: never more than the evidence says, the worst first. */
export function headline(overview: Overview): string {
  const { cluster, backups, newest, namespaces, seen } = overview;
  if (cluster.identityChanged) return `${cluster.id} may be another cluster than before`;
  if (backups === 0) return `Nothing of ${cluster.id} could be brought back: it has no backup`;
  if (newest === null) return `No backup of ${cluster.id} can be restored from`;
  if (namespaces === null || seen.from === 'nothing')
    return `What ${cluster.id} holds is unknown, and so is what would come back`;
  const trouble = namespaces.partly + namespaces.uncovered;
  if (trouble > 0) return missing(namespaces, trouble);
  return held(overview, namespaces);
}

function missing({ all, covered, partly }: Counts, trouble: number): string {
  if (covered + partly === 0)
    return all === 1
      ? 'The one namespace is in no backup'
      : `None of ${all} namespaces is in a backup`;
  return `${capital(inWords(trouble))} ${plural(trouble, 'namespace')} would not come back whole`;
}

function held({ reach, seen, volumes, cluster }: Overview, { all }: Counts): string {
  const whose = reach === 'some' ? ' that you may see' : '';
  const subject =
    all === 1 ? `The one namespace${whose} has` : `All ${count(all, 'namespace')}${whose} have`;
  if (all === 0) return `${cluster.id} has no namespace${whose}`;
  if (seen.problem !== null)
    return `${count(all, 'namespace')} ${all === 1 ? 'has' : 'have'} a restore point; what ${cluster.id} holds now is unknown`;
  if (volumes === null) return `${subject} a restore point; what volumes there are is unknown`;
  if (volumes.notBackedUp === 0) return `${subject} a restore point`;
  return `${subject} a restore point, ${dataOf(volumes.notBackedUp)} has none`;
}

const dataOf = (volumes: number): string => `the data of ${count(volumes, 'volume')}`;

/** The line under the headline: `strong` is what it speaks of, `rest` what is to be said of it. */
export type Lede = { strong: string; rest: string };

/** `now`: milliseconds since 1970, by the server's clock. */
export function lede(overview: Overview, now: number): Lede {
  if (overview.cluster.identityChanged)
    return {
      strong: 'Backups and restores have stopped',
      rest: 'until somebody says whether it is the same cluster, rebuilt, or another one.',
    };
  const { strong, rest } = objects(overview, now);
  const more = [awaySince(overview, now), volumesLine(overview), copies(overview, now)];
  return { strong, rest: [rest, ...more].filter((part) => part !== null).join(' ') };
}

/** Restore points that lie this close, in milliseconds, need not be told apart. */
const sameMoment = 60_000;

function objects({ namespaces, worst, newest, backups }: Overview, now: number): Lede {
  if (backups === 0) return { strong: 'No backup was made', rest: 'of it yet.' };
  if (newest === null)
    return {
      strong: `${count(backups, 'backup')}`,
      rest: `${backups === 1 ? 'is' : 'are'} there, none of them whole.`,
    };
  if (namespaces === null || worst === null)
    return { strong: 'The newest backup', rest: `is from ${relative(newest.at, now)}.` };
  const { all, covered, partly } = namespaces;
  const some = covered + partly;
  const strong = `Objects of ${some === all ? count(all, 'namespace') : `${some} of ${count(all, 'namespace')}`}`;
  if (some === 1 || Date.parse(newest.at) - Date.parse(worst.at) < sameMoment)
    return { strong, rest: `were backed up ${relative(worst.at, now)}.` };
  return {
    strong,
    rest: `were backed up, the newest ${relative(newest.at, now)}, those of ${worst.namespace} ${relative(worst.at, now)}.`,
  };
}

function awaySince({ cluster, answeredAt, seen }: Overview, now: number): string | null {
  if (seen.problem === null) return null;
  if (answeredAt === null)
    return `${cluster.id} has not answered since Lifeboat started: what it holds now is unknown.`;
  const away = now - Date.parse(answeredAt);
  return cluster.state === 'unavailable'
    ? `${cluster.id} has not answered for ${span(away)}: what changed since is unknown.`
    : null;
}

function volumesLine({ volumes, backups }: Overview): string | null {
  if (volumes === null || backups === 0) return null;
  const { all, notBackedUp } = volumes;
  if (notBackedUp === 0) return null;
  const which =
    notBackedUp === all && all > 1 ? `all ${count(all, 'volume')}` : count(notBackedUp, 'volume');
  return `Data of ${which} is not in any backup.`;
}

function copies({ elsewhere, newest }: Overview, now: number): string | null {
  if (elsewhere === null || newest === null) return null;
  if (elsewhere.newest === null) return 'The only copy is on this machine.';
  return `The newest export is from ${relative(elsewhere.newest.at, now)}.`;
}

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const inWords = (value: number): string => words[value] ?? figure(value);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const plural = (value: number, noun: string): string => (value === 1 ? noun : `${noun}s`);
