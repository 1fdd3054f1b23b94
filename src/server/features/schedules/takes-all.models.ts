import type { ScheduleSpec } from '#shared/schedules/schedule.contract.ts';

/** Whether backups of one hold everything that those of the other hold. */
export function takesAllOf(one: ScheduleSpec, other: ScheduleSpec): boolean {
  if (chosen(one) !== chosen(other)) return false;
  const left = new Set(one.excludedNamespaces);
  const theirs = new Set(other.excludedNamespaces);
  if (other.namespaces === undefined)
    return one.namespaces === undefined && [...left].every((name) => theirs.has(name));
  const mine = one.namespaces && new Set(one.namespaces);
  return other.namespaces
    .filter((name) => !theirs.has(name))
    .every((name) => !left.has(name) && (mine?.has(name) ?? true));
}

/** Which objects of its namespaces: only equal choices can be compared. */
const chosen = ({ kinds, excludedKinds, labelSelector }: ScheduleSpec): string =>
  JSON.stringify([kinds, excludedKinds, labelSelector]);
