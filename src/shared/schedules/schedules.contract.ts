import * as z from 'zod/mini';
import { described } from '../http/described.ts';
import { endpoint } from '../http/endpoint.ts';
import {
  clusterParams,
  instant,
  listOf,
  namedInstant,
  page,
  visiblePart,
} from '../http/schemas.ts';
import { withoutContradiction } from '../http/selection.models.ts';
import { strip } from '../overview/strip.contract.ts';
import { run } from '../runs/runs.contract.ts';
import { finding, preview, retentionView, slotOption } from './preview.contract.ts';
import {
  schedule,
  scheduleName,
  scheduleSpec,
  scheduleStates,
  measuredSlot,
  zoneName,
} from './schedule.contract.ts';
import {
  replaces,
  scheduleParams,
  touchesEdit,
  touchesKept,
  touchesSchedule,
  touchesSpec,
} from './schedule-scope.contract.ts';

const acceptWarnings = described(
  z._default(z.boolean(), false),
  'Save although the check of the next 14 days warns; errors are never accepted',
);
const name = described(
  z.optional(scheduleName),
  'What to call it: lower-case letters, digits and -; otherwise a name is made from the frequency',
);

const one = { params: scheduleParams, touches: touchesSchedule } as const;
const visible = { params: scheduleParams, touches: visiblePart } as const;
const whole = ({ params }: { params: { cluster: string } }) => ({
  cluster: params.cluster,
  namespaces: 'all' as const,
});

/** A planned time on the timeline. `duration`: milliseconds that it will probably take. */
const planned = z.object({
  schedule: z.string(),
  at: instant,
  duration: z.int(),
  assumed: z.boolean(),
  /** It meets another one that it has to wait for, or that waits for it. */
  collides: z.boolean(),
});

const document = z.string().check(z.minLength(1), z.maxLength(1_000_000));

export const schedulesApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/schedules',
    permission: 'schedules:read',
    summary: 'List schedules with their state, their last slot and their next one.',
    command: 'schedules list',
    params: clusterParams,
    query: z.object({
      ...page,
      state: described(z.optional(z.enum(scheduleStates)), 'Only schedules in this state'),
      search: described(
        z.optional(z.string().check(z.maxLength(253))),
        'Only schedules with this in their name',
      ),
    }),
    response: z.extend(listOf(schedule), {
      total: z.int(),
      states: z.array(z.object({ value: z.enum(scheduleStates), schedules: z.int() })),
    }),
    touches: visiblePart,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/schedules',
    permission: 'schedules:manage',
    summary: 'Back up by a timetable, after checking it against all the others.',
    command: 'schedules create',
    params: clusterParams,
    body: z.extend(scheduleSpec, { name, acceptWarnings, replaces }).check(withoutContradiction),
    status: 201,
    response: schedule,
    touches: touchesSpec,
  }),
  show: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/schedules/:schedule',
    permission: 'schedules:read',
    summary: 'Show a schedule.',
    command: 'schedules show',
    response: schedule,
    ...visible,
  }),
  edit: endpoint({
    method: 'PUT',
    path: '/api/clusters/:cluster/schedules/:schedule',
    permission: 'schedules:manage',
    summary: 'Replace what a schedule says; what is not given gets its default.',
    command: 'schedules edit',
    params: scheduleParams,
    body: z
      .extend(scheduleSpec, {
        version: described(
          z.optional(z.int().check(z.gte(1))),
          'The version it was made from: refused when somebody else has changed it since',
        ),
        acceptWarnings,
        replaces,
      })
      .check(withoutContradiction),
    response: schedule,
    touches: touchesEdit,
  }),
  pause: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/schedules/:schedule/pause',
    permission: 'schedules:run',
    summary: 'Let a schedule rest; its slots are passed over and shown as paused.',
    command: 'schedules pause',
    body: z.object({
      reason: described(
        z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
        'Why it rests: shown beside it',
      ),
      until: described(
        z._default(z.nullable(namedInstant), null),
        'When it goes on by itself, such as 2026-12-31T00:00:00Z; otherwise when it is resumed',
      ),
    }),
    response: schedule,
    ...one,
  }),
  resume: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/schedules/:schedule/resume',
    permission: 'schedules:run',
    summary: 'Let a paused schedule go on, from its next slot.',
    command: 'schedules resume',
    response: schedule,
    ...one,
  }),
  run: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/schedules/:schedule/run',
    permission: 'schedules:run',
    summary: 'Make the backup of a schedule now, beside its slots.',
    command: 'schedules run',
    status: 202,
    response: run,
    ...one,
  }),
  delete: endpoint({
    method: 'DELETE',
    path: '/api/clusters/:cluster/schedules/:schedule',
    permission: 'schedules:manage',
    summary: 'Delete a schedule; its backups stay unless asked otherwise.',
    command: 'schedules delete',
    query: z.object({
      backups: described(
        z._default(z.enum(['keep', 'delete']), 'keep'),
        'What becomes of the backups it made; pinned ones stay',
      ),
    }),
    response: z.object({ backupsDeleted: z.int() }),
    params: scheduleParams,
    touches: touchesKept,
  }),
  slots: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/schedules/:schedule/slots',
    permission: 'schedules:read',
    summary: 'List what became of each slot of a schedule, newest first.',
    command: 'schedules slots',
    query: z.object(page),
    response: listOf(measuredSlot),
    ...visible,
  }),
  days: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/schedules/days',
    permission: 'schedules:read',
    summary: 'Show the last 30 days of some schedules: the worst slot of each day.',
    command: 'schedules days',
    params: clusterParams,
    query: z.object({
      names: described(
        z.string().check(z.minLength(1), z.maxLength(5000)),
        'Which schedules, with commas between; at most 100',
      ),
      zone: described(z._default(zoneName, 'UTC'), 'Where a day begins, such as Europe/Zurich'),
    }),
    response: z.object({ items: z.array(strip) }),
    touches: visiblePart,
  }),
  retention: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/schedules/:schedule/retention',
    permission: 'schedules:read',
    summary: 'Show which backups of a schedule are kept and why, and which would go.',
    command: 'schedules retention',
    response: retentionView,
    ...visible,
  }),
  applyRetention: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/schedules/:schedule/retention',
    permission: 'backups:delete',
    summary: 'Apply the retention of a schedule now, also when more than half of its backups go.',
    command: 'schedules apply-retention',
    response: z.object({ backupsDeleted: z.int() }),
    params: scheduleParams,
    touches: touchesKept,
  }),
  preview: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/schedules/preview',
    permission: 'schedules:read',
    summary: 'Say what a schedule would do: slots, conflicts of the next 14 days, what is kept.',
    command: 'schedules preview',
    reads: true,
    params: clusterParams,
    body: z.extend(scheduleSpec, {
      name: described(z.optional(z.string()), 'The schedule that it would be, when it is edited'),
      replaces,
    }),
    response: preview,
    touches: touchesSpec,
  }),
  findSlot: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/schedules/find-slot',
    permission: 'schedules:read',
    summary: 'Find up to three better times for a schedule, with what each would change.',
    command: 'schedules find-slot',
    reads: true,
    params: clusterParams,
    body: z.extend(scheduleSpec, {
      name: described(z.optional(z.string()), 'The schedule that would move'),
    }),
    response: z.object({ options: z.array(slotOption) }),
    touches: touchesSpec,
  }),
  calendar: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/schedules/calendar',
    permission: 'schedules:read',
    summary: 'List all slots between two times with how long each will take, and what collides.',
    command: 'schedules calendar',
    params: clusterParams,
    query: z.object({
      from: described(z.optional(namedInstant), 'The first instant, not before now; otherwise now'),
      hours: described(
        z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(744)), 24),
        'How many hours from there, at most 31 days',
      ),
    }),
    response: z.object({
      from: instant,
      until: instant,
      planned: z.array(planned),
      /** There are more than are listed. */
      more: z.boolean(),
      blackouts: z.array(z.object({ from: instant, until: instant, reason: z.string() })),
      findings: z.array(finding),
    }),
    touches: visiblePart,
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/schedules/export',
    permission: 'schedules:read',
    summary: 'Write all schedules as YAML.',
    command: 'schedules export',
    params: clusterParams,
    response: z.object({ document: z.string() }),
    touches: visiblePart,
  }),
  import: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/schedules/import',
    permission: 'schedules:manage',
    summary: 'Create or replace schedules from YAML: all of them or none.',
    command: 'schedules import',
    params: clusterParams,
    body: z.object({
      document: described(document, 'YAML as “schedules export” writes it'),
      acceptWarnings,
    }),
    response: z.object({ created: z.array(z.string()), replaced: z.array(z.string()) }),
    touches: whole,
  }),
};
