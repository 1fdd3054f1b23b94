import { closedBetween } from '#shared/schedules/blackouts.models.ts';
import { encounters, timeline } from '#shared/schedules/simulation/meetings.models.ts';
import { slotsOf, slotsOfEach } from '#shared/schedules/simulation/occurrences.models.ts';
import { simulate } from '#shared/schedules/simulation/simulate.models.ts';
import type { Simulated } from '#shared/schedules/simulation/simulation.types.ts';
import type { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import type { Result } from '#shared/http/endpoint.ts';
import type { Actor } from '../../platform/actor.ts';
import type { SchedulesNeeds } from './schedules.types.ts';
import { estateOf, withoutUnnamed } from './simulation.ts';

type Calendar = Result<typeof schedulesApi.calendar>;
type Asked = { cluster: string; from?: string | undefined; hours: number };

const hour = 3_600_000;
const mostPlanned = 5000;
const iso = (at: number): string => new Date(at).toISOString();

/** Slots with how long each will take, by time. Those of schedules that others see only are left out. */
export async function showCalendar(
  { cluster, from, hours }: Asked,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<Calendar> {
  await needs.assertKnown(cluster);
  const reach = actor.namespacesWith('schedules:read', cluster);
  const { simulated, world } = await estateOf({ cluster, reach }, needs);
  const since = Math.max(world.now, from === undefined ? world.now : Date.parse(from));
  const until = since + hours * hour;
  const mine = new Set(
    (await needs.schedules.ofCluster(cluster))
      .filter(({ namespaces }) => needs.isVisible(namespaces, reach))
      .map(({ name }) => name),
  );
  const planned = plannedOf(simulated, { since, until }).filter(({ schedule }) =>
    mine.has(schedule),
  );
  const listed = sharedOut(planned);
  const blackouts = await needs.schedules.blackoutsOf(cluster);
  return {
    from: iso(since),
    until: iso(until),
    planned: listed,
    more: listed.length < planned.length,
    blackouts: closedBetween(blackouts, { from: since, until }).map((one) => ({
      from: iso(one.from),
      until: iso(one.until),
      reason: one.reason,
    })),
    findings: simulate({ schedules: simulated, world })
      .map(withoutUnnamed)
      .filter(({ schedules }) => schedules.length > 0)
      .slice(0, mostFindings),
  };
}

const mostFindings = 200;

/** When there are too many, each schedule gets its share: one that comes each second hides no other. */
function sharedOut(planned: Calendar['planned']): Calendar['planned'] {
  if (planned.length <= mostPlanned) return planned;
  const bySchedule = Map.groupBy(planned, ({ schedule }) => schedule);
  const share = Math.max(1, Math.floor(mostPlanned / bySchedule.size));
  return inTime([...bySchedule.values()].flatMap((some) => some.slice(0, share)));
}

const inTime = (planned: Calendar['planned']): Calendar['planned'] =>
  planned.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

function plannedOf(
  simulated: readonly Simulated[],
  { since, until }: { since: number; until: number },
): Calendar['planned'] {
  const most = slotsOfEach(simulated.length);
  const slots = new Map(simulated.map((one) => [one, slotsOf(one, since, { until, most })]));
  const colliding = new Set<string>();
  for (const { going, schedule, at } of encounters(simulated, timeline(simulated, slots))) {
    colliding.add(`${schedule.name} ${at}`);
    colliding.add(`${going.schedule.name} ${going.begun}`);
  }
  return inTime(
    [...slots].flatMap(([{ name, duration }, all]) =>
      all.map((at) => ({
        schedule: name,
        at: iso(at),
        duration: Math.round(duration.p50),
        assumed: duration.assumed,
        collides: colliding.has(`${name} ${Math.floor(at / 1000) * 1000}`),
      })),
    ),
  );
}
