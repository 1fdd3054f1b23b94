import { faultInWords } from '#shared/schedules/timetable.models.ts';
import { blackoutsApi, queueApi, type Queued } from '#shared/schedules/queue.contract.ts';
import type { Finding, Preview } from '#shared/schedules/preview.contract.ts';
import { retentionInWords } from '#shared/schedules/retention/policy.models.ts';
import type { MeasuredSlot, Schedule } from '#shared/schedules/schedule.contract.ts';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { windowInWords } from '#shared/schedules/window.models.ts';
import { count, size, span } from '#shared/words/format.models.ts';
import { fields, moment, printable, table } from '../format.models.ts';
import { more, view } from './view.ts';

type Now = Temporal.Instant;

export const scheduleViews = [
  view(schedulesApi.list, ({ items, next }, { now, params, command }) =>
    items.length === 0
      ? `${params['cluster'] ?? 'The cluster'} has no such schedule. Make one: ${command('schedules create --frequency "0 2 * * *"')}\n`
      : table(items, columns(now)) + more(next),
  ),
  view(schedulesApi.create, (schedule, { now }) => detail(schedule, now)),
  view(schedulesApi.show, (schedule, { now }) => detail(schedule, now)),
  view(schedulesApi.edit, (schedule, { now }) => detail(schedule, now)),
  view(schedulesApi.pause, (schedule, { now }) => detail(schedule, now)),
  view(schedulesApi.resume, (schedule, { now }) => detail(schedule, now)),
  view(schedulesApi.delete, ({ backupsDeleted }, { params }) =>
    backupsDeleted === 0
      ? `${params['schedule']} is deleted; its backups stay.\n`
      : `${params['schedule']} is deleted; ${count(backupsDeleted, 'backup')} of it are being deleted.\n`,
  ),
  view(schedulesApi.slots, ({ items, next }, { now }) =>
    items.length === 0 ? 'No slot has come yet.\n' : table(items, slotColumns(now)) + more(next),
  ),
  view(schedulesApi.preview, (preview, { now }) =>
    preview.error
      ? errorLine(preview.error)
      : [
          fields([
            ['Runs', `${preview.words} (${preview.zone})`],
            ['Picked', preview.picked && `${preview.picked.clock}: ${preview.picked.why}`],
            ['Keeps', preview.retentionWords],
            [
              'Takes',
              `${preview.duration.assumed ? 'probably ' : ''}${span(preview.duration.p50)}`,
            ],
            ['Clocks', preview.changeDay?.sentence ?? null],
            ['Would remove', count(preview.retention.remove, 'backup')],
          ]),
          `\nNext:\n${preview.next.map(({ at, mark }) => `  ${moment(at, now)}${mark === null ? '' : ` (${mark})`}\n`).join('')}`,
          preview.findings.length === 0
            ? '\nNothing collides in the next 14 days.\n'
            : `\n${preview.findings.map(findingLine).join('')}`,
          ...preview.differences.map((sentence) => `${sentence}\n`),
        ].join(''),
  ),
  view(schedulesApi.findSlot, ({ options }) =>
    options.length === 0
      ? 'No better time was found.\n'
      : options.map((one) => `${one.frequency}   ${one.words}\n  ${one.effect}\n`).join(''),
  ),
  view(schedulesApi.calendar, ({ planned, findings }, { now }) =>
    planned.length === 0
      ? 'Nothing is due then.\n'
      : table(planned, [
          { title: 'AT', of: ({ at }) => moment(at, now) },
          { title: 'SCHEDULE', of: ({ schedule }) => schedule },
          {
            title: 'TAKES',
            of: ({ duration, assumed }) => `${assumed ? '~' : ''}${span(duration)}`,
            right: true,
          },
          { title: '', of: ({ collides }) => (collides ? 'meets another' : '') },
        ]) + findings.map(findingLine).join(''),
  ),
  view(schedulesApi.export, ({ document }) => document),
  view(
    schedulesApi.import,
    ({ created, replaced }) =>
      `Created: ${created.join(', ') || 'none'}. Replaced: ${replaced.join(', ') || 'none'}.\n`,
  ),
  view(schedulesApi.retention, ({ decisions, remove, asks }, { now }) =>
    decisions.length === 0
      ? 'There is nothing to remove: no backup yet, or all are kept for ever.\n'
      : table(decisions, [
          { title: 'BACKUP', of: ({ id }) => id },
          { title: 'MADE', of: ({ at }) => moment(at, now) },
          {
            title: 'KEPT BECAUSE',
            of: ({ keep, reasons }) => (keep ? reasons.join('; ') : '(goes)'),
          },
        ]) +
        `${count(remove, 'backup')} would go.${asks === null ? '' : ' More than half: nothing goes before somebody applies it.'}\n`,
  ),
  view(
    schedulesApi.applyRetention,
    ({ backupsDeleted }) => `${count(backupsDeleted, 'backup')} are being deleted.\n`,
  ),
  view(blackoutsApi.show, ({ blackouts }) => blackoutLines(blackouts)),
  view(blackoutsApi.set, ({ blackouts }) => blackoutLines(blackouts)),
  view(queueApi.show, ({ running, waiting }, { now }) =>
    running.length + waiting.length === 0
      ? 'Nothing runs, and nothing waits.\n'
      : table([...running, ...waiting], queueColumns(now)),
  ),
];

const columns = (now: Now) => [
  { title: 'SCHEDULE', of: ({ name }: Schedule) => name },
  { title: 'STATE', of: ({ state }: Schedule) => state },
  { title: 'RUNS', of: ({ words, zone }: Schedule) => `${words} (${zone})` },
  { title: 'NEXT', of: ({ next }: Schedule) => (next === null ? '' : moment(next, now)) },
  { title: 'LAST', of: ({ last }: Schedule) => (last === null ? 'never' : moment(last.at, now)) },
  { title: 'KEEPS', of: ({ spec }: Schedule) => retentionInWords(spec.retention) },
];

const slotColumns = (now: Now) => [
  { title: 'SLOT', of: ({ at }: MeasuredSlot) => moment(at, now) },
  { title: 'WHAT', of: ({ state }: MeasuredSlot) => state },
  { title: 'RUN', of: ({ run }: MeasuredSlot) => run?.state ?? '' },
  { title: 'BACKUP', of: ({ run }: MeasuredSlot) => run?.backup ?? '' },
  {
    title: 'HOLDS',
    of: ({ size: bytes }: MeasuredSlot) => (bytes === null ? '' : size(bytes)),
    right: true as const,
  },
  { title: 'WHY', of: ({ reason }: MeasuredSlot) => printable(reason ?? '') },
];

const queueColumns = (now: Now) => [
  { title: 'PLACE', of: ({ place }: Queued) => (place === null ? 'runs' : String(place)) },
  { title: 'RUN', of: ({ run }: Queued) => run.id },
  { title: 'KIND', of: ({ run }: Queued) => run.kind },
  { title: 'BACKUP', of: ({ run }: Queued) => run.backup ?? '' },
  { title: 'PRIORITY', of: ({ run }: Queued) => run.priority },
  { title: 'OF', of: ({ run }: Queued) => run.schedule ?? run.createdBy },
  {
    title: 'STARTS',
    of: ({ expectedStart }: Queued) => (expectedStart === null ? '' : moment(expectedStart, now)),
  },
  { title: 'WAITS FOR', of: ({ run }: Queued) => printable(run.reason ?? '') },
];

const errorLine = (error: NonNullable<Preview['error']>): string =>
  `${printable(`${error.field}: ${faultInWords(error)}`)}.\n`;

const findingLine = ({ severity, sentence, remedies }: Finding): string =>
  `${severity}: ${printable(sentence)}${remedies.map(({ label }) => ` ${label}.`).join('')}\n`;

const blackoutLines = (
  blackouts: readonly (Parameters<typeof windowInWords>[0] & {
    timezone: string;
    reason: string;
  })[],
): string =>
  blackouts.length === 0
    ? 'Scheduled runs may begin at any time.\n'
    : blackouts
        .map((one) => `${windowInWords(one)} (${one.timezone}): ${printable(one.reason)}\n`)
        .join('');

function detail(schedule: Schedule, now: Now): string {
  const { spec, durations, picked, paused } = schedule;
  return fields([
    ['Schedule', `${schedule.name} (version ${schedule.version})`],
    ['State', `${schedule.state}: ${printable(schedule.sentence)}`],
    ['Paused', paused && `${printable(paused.reason)} (${paused.by})`],
    ['Runs', `${schedule.words} (${schedule.zone})`],
    ['Picked', picked && `${picked.clock}: ${picked.why}`],
    ['Holds', spec.namespaces?.join(',') ?? 'whole cluster'],
    ['Type', spec.type],
    ['Priority', spec.priority],
    ['Keeps', retentionInWords(spec.retention)],
    ['Next', schedule.next === null ? null : moment(schedule.next, now)],
    ['Last', schedule.last && `${moment(schedule.last.at, now)}: ${schedule.last.state}`],
    ['Takes', durations && `${span(durations.p50)}, mostly under ${span(durations.p90)}`],
  ]);
}
