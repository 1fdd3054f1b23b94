import { queueApi } from '#shared/schedules/queue.contract.ts';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { backupsApi, maintenanceApi } from '#shared/backups/backups.contract.ts';
import { type LogEntry, type Run, runsApi } from '#shared/runs/runs.contract.ts';
import { size } from '#shared/words/format.models.ts';
import { fields, moment, printable, table } from '../format.models.ts';
import { progressLine, runSentence } from '../run-words.models.ts';
import { more, type Tools, view } from './view.ts';

const started = (run: Run, { command }: Tools): string =>
  `${runSentence(run)}\nFollow it: ${command(`runs show ${run.id}`)}\n`;

export const runViews = [
  view(runsApi.list, ({ items, next }, { now }) => runTable(items, now) + more(next)),
  view(runsApi.show, (run, { now }) => runDetail(run, now)),
  view(runsApi.cancel, started),
  view(schedulesApi.run, started),
  view(
    queueApi.prioritize,
    ({ kind, backup, priority }) => `${kind} ${backup ?? ''} waits with priority ${priority}.\n`,
  ),
  view(backupsApi.create, started),
  view(backupsApi.delete, started),
  view(backupsApi.verify, started),
  view(backupsApi.export, started),
  view(maintenanceApi.start, started),
  view(runsApi.log, ({ items, next }) => items.map(logLine).join('') + more(next)),
];

export function runTable(items: readonly Run[], now: Temporal.Instant): string {
  if (items.length === 0) return 'There is no such run.\n';
  return table(items, [
    { title: 'RUN', of: ({ id }) => id },
    { title: 'KIND', of: ({ kind }) => kind },
    { title: 'STATE', of: ({ state }) => state },
    { title: 'BACKUP', of: ({ backup }) => backup ?? '' },
    { title: 'BY', of: ({ createdBy }) => createdBy },
    { title: 'CREATED', of: ({ createdAt }) => moment(createdAt, now) },
    { title: '', of: (run) => run.problem?.title ?? run.reason ?? '' },
  ]);
}

export function runDetail(run: Run, now: Temporal.Instant): string {
  const active = run.finishedAt === null;
  return `${runSentence(run)}\n\n${fields([
    ['Run', run.id],
    ['Cluster', run.cluster],
    ['Plan', run.plan],
    ['Asked for by', run.createdBy],
    ['Created', moment(run.createdAt, now)],
    ['Started', run.startedAt === null ? null : moment(run.startedAt, now)],
    ['Finished', run.finishedAt === null ? null : moment(run.finishedAt, now)],
    ['Now', active ? progressLine(run) : null],
    ['Read so far', active && run.progress.bytes.done > 0 ? size(run.progress.bytes.done) : null],
  ])}`;
}

export const logLine = ({ at, level, message }: LogEntry): string =>
  `${at.slice(11, 23)} ${level === 'info' ? '' : `${level}: `}${printable(message)}\n`;
