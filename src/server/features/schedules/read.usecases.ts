import { dayLength } from '#shared/time/lengths.models.ts';
import type { Strip } from '#shared/overview/strip.contract.ts';
import { eventOf, stripOf } from '#shared/overview/strips.models.ts';
import { isZone } from '#shared/schedules/cron/zone.models.ts';
import type { MeasuredSlot, Schedule, ScheduleState } from '#shared/schedules/schedule.contract.ts';
import { scheduleStates } from '#shared/schedules/schedule.contract.ts';
import type { Actor } from '../../platform/actor.ts';
import { decodeCursor, pageOf, textKey } from '../../platform/cursor.models.ts';
import { scheduleUnknown, specInvalid } from './schedules.errors.ts';
import type { ScheduleAt } from './schedules.repository.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import type { SchedulesNeeds } from './schedules.types.ts';
import { scheduleOf } from './view.models.ts';

type Page = { limit: number; cursor?: string | undefined };
type Asked = {
  cluster: string;
  page: Page;
  state?: ScheduleState | undefined;
  search?: string | undefined;
};

/** Those that the reader may see whole, by name. */
export async function visibleSchedules(
  cluster: string,
  actor: Actor,
  needs: Pick<SchedulesNeeds, 'schedules' | 'slots' | 'clock' | 'isVisible'>,
): Promise<Schedule[]> {
  const reach = actor.namespacesWith('schedules:read', cluster);
  const stored = await needs.schedules.ofCluster(cluster);
  const histories = await needs.slots.histories(cluster);
  const now = needs.clock().epochMilliseconds;
  return stored
    .filter(({ namespaces }) => needs.isVisible(namespaces, reach))
    .map((one) => scheduleOf(one, histories.get(one.name) ?? null, now));
}

export async function listSchedules(
  { cluster, page, state, search = '' }: Asked,
  actor: Actor,
  needs: SchedulesNeeds,
) {
  await needs.assertKnown(cluster);
  const named = (await visibleSchedules(cluster, actor, needs)).filter(({ name }) =>
    name.includes(search.toLowerCase()),
  );
  const matching = named.filter((one) => state === undefined || one.state === state);
  const [after] = page.cursor === undefined ? [''] : decodeCursor(textKey, page.cursor);
  const rest = matching.filter(({ name }) => name > after).slice(0, page.limit + 1);
  return {
    ...pageOf(rest, page.limit, ({ name }) => [name]),
    total: matching.length,
    states: scheduleStates.flatMap((value) => {
      const schedules = named.filter((one) => one.state === value).length;
      return schedules === 0 ? [] : [{ value, schedules }];
    }),
  };
}

/** Throws `schedules.unknown` also for one that this person may not see. */
export async function seeSchedule(
  at: ScheduleAt,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<StoredSchedule> {
  const stored = await needs.schedules.find(at);
  const reach = actor.namespacesWith('schedules:read', at.cluster);
  if (!stored || !needs.isVisible(stored.namespaces, reach)) throw scheduleUnknown(at.schedule);
  return stored;
}

export async function showSchedule(
  at: ScheduleAt,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<Schedule> {
  const stored = await seeSchedule(at, actor, needs);
  const histories = await needs.slots.histories(at.cluster);
  return scheduleOf(stored, histories.get(at.schedule) ?? null, needs.clock().epochMilliseconds);
}

export async function listSlots(
  { page, ...at }: ScheduleAt & { page: Page },
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<{ items: MeasuredSlot[]; next: string | null }> {
  await seeSchedule(at, actor, needs);
  const { items, next } = await needs.slots.list(at, page);
  // Backups of namespaces hold objects of the cluster too: their bytes are for who may see all of it.
  if (actor.namespacesWith('schedules:read', at.cluster) === 'all') return { items, next };
  return { items: items.map((one) => ({ ...one, size: null, added: null })), next };
}

const shownDays = 30;
const mostNames = 100;

/** The worst slot of each of the last 30 days; schedules that this person may not see are left out. */
export async function showDays(
  { cluster, names, zone }: { cluster: string; names: string; zone: string },
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<{ items: Strip[] }> {
  if (!isZone(zone)) throw specInvalid('zone', 'there is no such time zone');
  await needs.assertKnown(cluster);
  const reach = actor.namespacesWith('schedules:read', cluster);
  const asked = new Set(names.split(',').slice(0, mostNames));
  const seen = (await needs.schedules.ofCluster(cluster)).filter(
    ({ name, namespaces }) => asked.has(name) && needs.isVisible(namespaces, reach),
  );
  const now = needs.clock().epochMilliseconds;
  const since = now - (shownDays + 1) * dayLength;
  const shown = seen.map(({ name }) => name);
  const slots = shown.length === 0 ? [] : await needs.slots.since(cluster, since, shown);
  const bySchedule = Map.groupBy(slots, ({ schedule }) => schedule);
  return {
    items: seen.map(({ name }) =>
      stripOf(name, (bySchedule.get(name) ?? []).map(eventOf), { now, zone, days: shownDays }),
    ),
  };
}
