import { size } from '../../words/format.models.ts';
import { findingOf, type Found } from './finding.models.ts';
import { type Simulated, simulatedDays, type World } from './simulation.types.ts';

/** What is the matter with what it would read, and with where it would write. */
export const placeFindings = (one: Simulated, slots: readonly number[], world: World): Found[] => [
  ...cannotWrite(one, world),
  ...namespaceGone(one, world),
  ...noRoom(one, slots, world),
];

function cannotWrite(one: Simulated, { location: { name, state } }: World): Found[] {
  if (state !== 'unavailable' && state !== 'readOnly') return [];
  const what = state === 'readOnly' ? 'takes no writes' : 'cannot be reached';
  return [
    findingOf({
      kind: 'locationUnavailable',
      severity: 'warning',
      sentence: `${name} ${what} now: until it does, runs of ${one.name} fail.`,
      schedules: [one],
    }),
  ];
}

function namespaceGone(one: Simulated, world: World): Found[] {
  const gone = goneOf(one, world.namespaces);
  if (gone.length === 0) return [];
  const more = gone.length > 3 ? ` and ${gone.length - 3} more` : '';
  const are = gone.length === 1 ? 'is' : 'are';
  return [
    findingOf({
      kind: 'namespaceGone',
      severity: 'warning',
      sentence: `${one.name} names ${gone.slice(0, 3).join(', ')}${more}, which ${are} not in the cluster.`,
      schedules: [one],
    }),
  ];
}

function goneOf({ namespaces }: Simulated, there: readonly string[] | null): readonly string[] {
  if (namespaces === 'all' || there === null) return [];
  const known = new Set(there);
  return namespaces.filter((name) => !known.has(name));
}

function noRoom(one: Simulated, slots: readonly number[], { location }: World): Found[] {
  const added = one.bytesPerRun === null ? 0 : one.bytesPerRun * slots.length;
  if (location.free === null || added <= location.free) return [];
  return [
    findingOf({
      kind: 'storage',
      severity: 'warning',
      sentence: `${one.name} adds about ${size(added)} in ${simulatedDays} days; ${location.name} has ${size(location.free)} left.`,
      schedules: [one],
    }),
  ];
}
