import type { Remedy } from '../preview.contract.ts';
import { figure, spanOfSeconds } from '../../words/format.models.ts';
import { listed } from '../../words/lists.models.ts';
import { findingOf, type Found, momentInWords, timesInWords } from './finding.models.ts';
import { freeShift } from './free-shift.models.ts';
import { comesWith, mannerOf, mergeable, mergeOf } from './merge.models.ts';
import { type Meeting, sharedNamespaces, type Slots } from './meetings.models.ts';
import type { Simulated, World } from './simulation.types.ts';
import { widerWindow } from './wider-window.models.ts';

type Given = { schedules: readonly Simulated[]; slots: Slots; world: World; only?: Simulated };

/** Two that meet in the same namespaces, or do the same twice. Redundant ones are told once, as that. */
export function meetingFindings(meetings: readonly Meeting[], given: Given): Found[] {
  const twins = twinsIn(given);
  const groupOf = new Map(twins.flatMap((group) => group.map((one) => [one, group])));
  const isTwin = ({ one, other }: Meeting): boolean =>
    groupOf.has(one) && groupOf.get(one) === groupOf.get(other);
  const moves = movesOf(given);
  return [
    ...twins.map((group) => redundant(group, given)),
    ...meetings
      .filter((meeting) => !isTwin(meeting))
      .map((meeting) => meets(meeting, { ...given, moves })),
  ];
}

type Moves = { moves: () => readonly Remedy[] };

/** One that meets many is moved away from all of them at once. */
function movesOf({ only, ...given }: Given): Moves['moves'] {
  let known: Remedy[] | null = null;
  return () => (known ??= only ? moveOf(only, given) : []);
}

/** At least two that take the same objects in the same way, so near to the first that they add nothing. */
type Group = Simulated[];

/** With `only`, its own group. */
function twinsIn(given: Given): Group[] {
  const { schedules, only } = given;
  const key = only && keyOf(only);
  const alike = Map.groupBy(schedules, keyOf);
  const looked = key === undefined ? [...alike.values()] : [alike.get(key) ?? []];
  return looked
    .flatMap((some) => (only ? [around(only, some, given)] : groupsOf(some, given)))
    .filter((group) => group.length > 1);
}

const around = (only: Simulated, alike: readonly Simulated[], given: Given): Group =>
  alike.filter((one) => one === only || comesWith(only, one, given));

/** Each joins the first that it comes with: as many comparisons as there are groups, not pairs. */
function groupsOf(alike: readonly Simulated[], given: Given): Group[] {
  const groups: { first: Simulated; all: Group }[] = [];
  for (const one of alike) {
    const group = groups.find(({ first }) => comesWith(first, one, given));
    if (group) group.all.push(one);
    else groups.push({ first: one, all: [one] });
  }
  return groups.map(({ all }) => all);
}

const keyOf = (one: Simulated): string =>
  JSON.stringify([
    one.namespaces === 'all' ? 'all' : one.namespaces.toSorted(),
    one.excluded.toSorted(),
    mannerOf(one),
  ]);

const redundant = (group: Group, given: Given): Found =>
  findingOf({
    kind: 'redundant',
    severity: 'warning',
    sentence: `${firstFive(group)} back up the same objects at nearly the same times and keep them equally long: one of them is enough.`,
    schedules: group,
    remedies: () => (given.only ? mergeOf(given.only, mergeable(given.only, group, given)) : []),
  });

function firstFive(group: Group): string {
  const names = group.slice(0, 5).map(({ name }) => name);
  return listed(group.length > 5 ? [...names, `${figure(group.length - 5)} more`] : names);
}

function meets(meeting: Meeting, given: Given & Moves): Found {
  const { one, other, at, times, wait } = given.only === meeting.one ? turned(meeting) : meeting;
  const [first = 0] = at;
  const where = placeOf(sharedNamespaces(one, other));
  const late = spanOfSeconds(Math.max(1, Math.round(wait / 1000)));
  return findingOf({
    kind: 'sameNamespaces',
    severity: 'warning',
    sentence: `${other.name} meets ${one.name} ${timesInWords(times)} ${where}, first at ${momentInWords(first)}: one waits for the other, up to ${late}.`,
    schedules: [one, other],
    at,
    times,
    remedies: () => [...mergeOfMeeting(meeting, given), ...given.moves()],
  });
}

/** The one that is edited is spoken of. */
const turned = ({ one, other, ...rest }: Meeting): Meeting => ({ ...rest, one: other, other: one });

function placeOf(shared: ReturnType<typeof sharedNamespaces>): string {
  if (shared === 'all' || shared === null) return 'in the whole cluster';
  const [first] = shared;
  return shared.length === 1 ? `in namespace ${first}` : `in ${shared.length} namespaces`;
}

/** Tried in this order: the nearest free time is the smallest change. */
const steps = [5, 10, 15, 20, 30, -5, -10, -15, -20, -30, 45, 60, -45, -60];

/** The one that is edited takes what the other takes. */
const mergeOfMeeting = ({ one, other }: Meeting, given: Given): Remedy[] =>
  given.only ? mergeOf(given.only, mergeable(given.only, [one, other], given)) : [];

/** A time at which it meets nobody. */
const moveOf = (mover: Simulated, given: Given): Remedy[] =>
  typeof mover.frequency === 'string'
    ? freeShift({ ...given, mover, minutes: steps })
    : widerWindow({ ...given, mover });
