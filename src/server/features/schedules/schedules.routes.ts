import { blackoutsApi } from '#shared/schedules/queue.contract.ts';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { isZone } from '#shared/schedules/cron/zone.models.ts';
import type { Handle } from '../../platform/http/handle.ts';
import { showCalendar } from './calendar.usecases.ts';
import { exportSchedules, importSchedules } from './documents.usecases.ts';
import { deleteSchedule, pauseSchedule, resumeSchedule, runSchedule } from './manage.usecases.ts';
import { findSlotFor, previewSchedule } from './preview.usecases.ts';
import { listSchedules, listSlots, showDays, showSchedule } from './read.usecases.ts';
import { createSchedule, editSchedule } from './save.usecases.ts';
import { confirmRetention, type RetentionNeeds, showRetention } from './retention.usecases.ts';
import { specInvalid } from './schedules.errors.ts';
import type { SchedulesNeeds } from './schedules.types.ts';

type Needs = SchedulesNeeds & RetentionNeeds;

export function registerSchedules(handle: Handle, needs: Needs): void {
  handle(schedulesApi.list, ({ params, query }, actor) =>
    listSchedules({ ...params, ...query, page: query }, actor, needs),
  );

  handle(
    schedulesApi.create,
    ({ params, body: { name, acceptWarnings, replaces, ...spec } }, actor) =>
      createSchedule({ ...params, name, spec, acceptWarnings, replaces }, actor, needs),
  );

  handle(schedulesApi.show, ({ params }, actor) => showSchedule(params, actor, needs));

  handle(
    schedulesApi.edit,
    ({ params, body: { version, acceptWarnings, replaces, ...spec } }, actor) =>
      editSchedule({ ...params, spec, version, acceptWarnings, replaces }, actor, needs),
  );

  handle(schedulesApi.pause, ({ params, body }, actor) =>
    pauseSchedule({ ...params, ...body }, actor, needs),
  );

  handle(schedulesApi.resume, ({ params }) => resumeSchedule(params, needs));

  handle(schedulesApi.run, ({ params }, actor) => runSchedule(params, actor, needs));

  handle(schedulesApi.delete, ({ params, query }, actor) =>
    deleteSchedule({ ...params, ...query }, actor, needs),
  );

  handle(schedulesApi.slots, ({ params, query }, actor) =>
    listSlots({ ...params, page: query }, actor, needs),
  );

  handle(schedulesApi.preview, ({ params, body: { name, replaces, ...spec } }, actor) =>
    previewSchedule({ ...params, name, spec, replaces }, actor, needs),
  );

  handle(schedulesApi.findSlot, ({ params, body: { name, ...spec } }, actor) =>
    findSlotFor({ ...params, name, spec }, actor, needs),
  );

  handle(schedulesApi.calendar, ({ params, query }, actor) =>
    showCalendar({ ...params, ...query }, actor, needs),
  );

  handle(schedulesApi.export, ({ params }, actor) => exportSchedules(params.cluster, actor, needs));

  handle(schedulesApi.import, ({ params, body }, actor) =>
    importSchedules({ ...params, ...body }, actor, needs),
  );

  handle(schedulesApi.days, ({ params, query }, actor) =>
    showDays({ ...params, ...query }, actor, needs),
  );

  handle(schedulesApi.retention, ({ params }, actor) => showRetention(params, actor, needs));

  handle(schedulesApi.applyRetention, ({ params }, actor) =>
    confirmRetention(params, actor, needs),
  );

  registerBlackouts(handle, needs);
}

function registerBlackouts(handle: Handle, needs: SchedulesNeeds): void {
  handle(blackoutsApi.show, async ({ params: { cluster } }) => {
    await needs.assertKnown(cluster);
    return { blackouts: await needs.schedules.blackoutsOf(cluster) };
  });

  handle(blackoutsApi.set, async ({ params: { cluster }, body: { blackouts } }) => {
    await needs.assertKnown(cluster);
    const unknown = blackouts.findIndex(({ timezone }) => !isZone(timezone));
    if (unknown !== -1)
      throw specInvalid(`blackouts.${unknown}.timezone`, 'there is no such time zone');
    await needs.schedules.setBlackouts(cluster, blackouts);
    needs.wake();
    needs.publish({ type: 'changed', cluster, what: 'schedules', id: null }, 'all');
    return { blackouts };
  });
}
