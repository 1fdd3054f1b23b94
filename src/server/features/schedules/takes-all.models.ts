import type { ScheduleSpec } from '#shared/schedules/schedule.contract.ts';
import { missingIn, type Taken } from '#shared/schedules/takes.models.ts';

/** Whether backups of one hold everything that those of the other hold. */
export const takesAllOf = (one: ScheduleSpec, other: ScheduleSpec): boolean =>
  chosen(one) === chosen(other) && missingIn(takenBy(one), takenBy(other))?.length === 0;

const takenBy = ({ namespaces, excludedNamespaces = [] }: ScheduleSpec): Taken => ({
  namespaces: namespaces ?? 'all',
  excluded: excludedNamespaces,
});

/** Which objects of its namespaces: only equal choices can be compared. */
const chosen = ({ kinds, excludedKinds, labelSelector }: ScheduleSpec): string =>
  JSON.stringify([kinds, excludedKinds, labelSelector]);
