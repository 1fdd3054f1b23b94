import * as z from 'zod/mini';
import { parseDocument, stringify } from 'yaml';
import { withoutContradiction } from '#shared/http/selection.models.ts';
import {
  type Pause,
  pause,
  scheduleName,
  scheduleSpec,
} from '#shared/schedules/schedule.contract.ts';
import { addLoad, loadOf } from '#shared/schedules/simulation/load.models.ts';
import { simulate } from '#shared/schedules/simulation/simulate.models.ts';
import type { Actor } from '../../platform/actor.ts';
import { ProblemError } from '../../platform/problems.ts';
import { unknownFields } from '../../platform/http/unknown-fields.models.ts';
import {
  documentInvalid,
  needsTick,
  scheduleChanged,
  scheduleExists,
  wouldFail,
} from './schedules.errors.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import type { SchedulesNeeds } from './schedules.types.ts';
import { newSchedule, replaced, tellOf } from './save.usecases.ts';
import { pick } from './pick.ts';
import { visibleSchedules } from './read.usecases.ts';
import { isPaused } from './view.models.ts';
import { simulatedOf } from './simulated.models.ts';
import { estateOf } from './simulation.ts';
import { assertUsable } from './spec.ts';

/** A pause that goes on; who let it rest is who imports it. */
const writtenPause = z.pick(pause, { until: true, reason: true });
const written = z
  .extend(scheduleSpec, { name: scheduleName, pause: z.optional(writtenPause) })
  .check(withoutContradiction);
const documentOf = z.object({ schedules: z.array(written).check(z.maxLength(5000)) });
type Written = z.infer<typeof written>;

/** All that the reader may see, as `schedules import` takes them. */
export async function exportSchedules(
  cluster: string,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<{ document: string }> {
  const schedules = (await visibleSchedules(cluster, actor, needs)).map(
    ({ name, spec, paused }) => ({
      name,
      ...spec,
      ...(paused && { pause: { until: paused.until, reason: paused.reason } }),
    }),
  );
  return { document: stringify({ schedules }) };
}

type Importing = { cluster: string; document: string; acceptWarnings: boolean };

/** All or none: one that cannot be saved leaves everything as it was. */
export async function importSchedules(
  { cluster, document, acceptWarnings }: Importing,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<{ created: string[]; replaced: string[] }> {
  const now = needs.clock().epochMilliseconds;
  await needs.assertKnown(cluster);
  const given = readDocument(document);
  for (const { name, pause: _, ...spec } of given) {
    try {
      assertUsable(spec, now);
    } catch (error) {
      throw documentInvalid(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return needs.inTurn(async () => {
    const known = new Map((await needs.schedules.ofCluster(cluster)).map((one) => [one.name, one]));
    const wanted = given.map(({ name, pause: rests, ...spec }) => {
      const before = known.get(name);
      const made = before
        ? replaced(before, spec, now)
        : newSchedule({ cluster, name, spec, createdBy: actor.name, now });
      return rests && !isPaused(made, now) ? { ...made, pause: pauseOf(rests, actor, now) } : made;
    });
    const checked = await checkAll(wanted, { cluster, acceptWarnings }, needs);
    await saveAll(checked, needs);
    for (const one of checked) tellOf(one, needs);
    const names = (isNew: boolean) =>
      checked.filter(({ version }) => (version === 1) === isNew).map(({ name }) => name);
    return { created: names(true), replaced: names(false) };
  });
}

const pauseOf = (rests: z.infer<typeof writtenPause>, { name }: Actor, now: number): Pause => ({
  ...rests,
  since: new Date(now).toISOString(),
  by: name,
});

function readDocument(text: string): Written[] {
  const sent = readYaml(text);
  const found = documentOf.safeParse(sent);
  if (!found.success) {
    const [issue] = found.error.issues;
    const where = issue?.path.join('.') || 'It';
    throw documentInvalid(`${where}: ${issue?.message ?? 'no list of schedules'}`);
  }
  const [unknown] = unknownFields(sent, found.data);
  if (unknown !== undefined) throw documentInvalid(`${unknown}: there is no such field here`);
  const names = found.data.schedules.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw documentInvalid(`${twice} stands in it twice`);
  return found.data.schedules;
}

const hostile = 'it is nested too deeply, or repeats too much by aliases';

/** Hostile ones too: what nests without end, or repeats itself by aliases, is refused. */
function readYaml(text: string): unknown {
  try {
    const parsed = parseDocument(text);
    const [fault] = parsed.errors;
    if (fault?.code === 'MULTIPLE_DOCS') throw documentInvalid('it holds several documents');
    if (fault) throw documentInvalid(noYaml(fault.message));
    return parsed.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw documentInvalid(noYaml(error instanceof Error ? error.message : String(error)));
  }
}

/** The library tells of what exhausts it as of any other fault. */
const noYaml = (message: string): string =>
  /call stack|alias count/i.test(message)
    ? hostile
    : `it is no YAML: ${message.split('\n')[0] ?? ''}`;

/** Against each other and all that is there already. */
async function checkAll(
  wanted: readonly StoredSchedule[],
  { cluster, acceptWarnings }: { cluster: string; acceptWarnings: boolean },
  needs: SchedulesNeeds,
): Promise<StoredSchedule[]> {
  const { simulated, world, usual } = await estateOf({ cluster, reach: 'all' }, needs);
  const names = new Set(wanted.map(({ name }) => name));
  const others = simulated.filter(({ name }) => !names.has(name));
  const all = [...others];
  const loads = loadOf(others, world);
  const picked = wanted.map((one) => {
    const mover = simulatedOf(one, usual, world.now);
    const chosen = { ...one, ...pick({ mover, loadsOfOthers: () => loads, world }) };
    const added = simulatedOf(chosen, usual, world.now);
    all.push(added);
    addLoad(loads, added, world);
    return chosen;
  });
  const found = simulate({ schedules: all, world }).filter(({ schedules }) =>
    schedules.some((name) => names.has(name)),
  );
  const errors = found.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw wouldFail(errors);
  const warnings = found.filter(({ severity }) => severity === 'warning');
  if (warnings.length > 0 && !acceptWarnings) throw needsTick(warnings);
  return picked;
}

const saveAll = (all: readonly StoredSchedule[], { schedules }: SchedulesNeeds): Promise<void> =>
  schedules.together(async (work) => {
    for (const one of all) {
      if (one.version === 1 && !(await schedules.insert(one, work))) throw scheduleExists(one.name);
      if (one.version > 1 && !(await schedules.replace(one, work)))
        throw scheduleChanged(one.name, one.version);
    }
  });
