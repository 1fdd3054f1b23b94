import { type Backup, type BackupDetail, backupsApi } from '#shared/backups/backups.contract.ts';
import type { Change, ObjectChange } from '#shared/backups/contents.contract.ts';
import { count, figure, size } from '#shared/words/format.models.ts';
import { fields, moment, printable, table } from '../format.models.ts';
import { more, type Tools, view } from './view.ts';

export const backupViews = [
  view(backupsApi.list, ({ items, next, total }, { now, params, command }) => {
    if (items.length === 0)
      return total === 0
        ? `${params['cluster'] ?? 'The cluster'} has no backup yet. Make one: ${command('backups create --wait')}\n`
        : 'No backup matches. Leave out a filter to see more.\n';
    return table(items, backupColumns(now)) + more(next);
  }),
  view(backupsApi.show, (backup, { now }) => detail(backup, now)),
  view(
    backupsApi.pin,
    (pin, { params, now }) =>
      `${params['backup']} is kept ${pin.until === null ? 'until you unpin it' : `until ${moment(pin.until, now)}`}.\n`,
  ),
  view(backupsApi.unpin, (_, { params }) => `Retention decides about ${params['backup']} again.\n`),
  view(backupsApi.contents, ({ items, next }, { query }) =>
    items.length === 0
      ? `Nothing is below ${JSON.stringify(query['prefix'] ?? '')} in what you may see of this backup.\n`
      : table(items, [
          { title: 'NAME', of: ({ name, entry }) => (entry === 'folder' ? `${name}/` : name) },
          { title: 'OBJECTS', of: ({ objects }) => figure(objects), right: true },
          { title: 'SIZE', of: ({ bytes }) => size(bytes), right: true },
          { title: 'SEALED', of: ({ sealed }) => (sealed ? 'sealed' : '') },
          { title: 'PATH', of: ({ path }) => path },
        ]) + more(next),
  ),
  view(backupsApi.object, ({ json, redacted }) =>
    redacted
      ? `${json}\n(The values are left out: reading them is a right of its own.)\n`
      : `${json}\n`,
  ),
  view(backupsApi.diff, ({ items, next }, tools) =>
    items.length === 0
      ? 'Nothing differs.\n'
      : items.map(changedObject).join('') + hint(items, tools) + more(next),
  ),
];

const backupColumns = (now: Temporal.Instant) => [
  { title: 'BACKUP', of: ({ id }: Backup) => id },
  { title: 'STATE', of: ({ state, pin }: Backup) => (pin === null ? state : `${state}, pinned`) },
  { title: 'TYPE', of: ({ type }: Backup) => type },
  { title: 'OBJECTS', of: ({ objects }: Backup) => figure(objects), right: true as const },
  { title: 'SIZE', of: ({ bytes }: Backup) => size(bytes), right: true as const },
  { title: 'HOLDS', of: ({ namespaces }: Backup) => holds(namespaces) },
  { title: 'COMPLETED', of: ({ completedAt }: Backup) => moment(completedAt, now) },
  {
    title: 'EXPIRES',
    of: ({ expiresAt }: Backup) => (expiresAt === null ? 'never' : moment(expiresAt, now)),
  },
];

const holds = (namespaces: readonly string[] | null): string =>
  namespaces === null
    ? 'whole cluster'
    : namespaces.length > 3
      ? count(namespaces.length, 'namespace')
      : namespaces.join(',');

function detail(backup: BackupDetail, now: Temporal.Instant): string {
  const missed = backup.kinds.filter(({ read }) => read !== 'complete');
  return [
    fields([
      ['Backup', backup.id],
      ['State', backup.state],
      ['Cluster', `${backup.cluster} (Kubernetes ${backup.serverVersion})`],
      [
        'Holds',
        `${holds(backup.namespaces)}: ${count(backup.objects, 'object')}, ${size(backup.bytes)}`,
      ],
      ['Captured', `${moment(backup.startedAt, now)} to ${moment(backup.completedAt, now)}`],
      ['Expires', backup.expiresAt === null ? 'never' : moment(backup.expiresAt, now)],
      ['Verified', backup.verifiedAt === null ? 'never' : moment(backup.verifiedAt, now)],
      ['Pinned', backup.pin?.note ?? null],
      ['Kept because', backup.keptBecause.length === 0 ? null : backup.keptBecause.join(' ')],
    ]),
    missed.length === 0
      ? ''
      : `\nNot backed up, or only in part:\n${missed.map(missedKind).join('')}`,
    ...Map.groupBy(backup.volumes, ({ reason }) => reason)
      .values()
      .map(missedVolumes),
    '\n',
    table(backup.kinds, [
      { title: 'KIND', of: ({ resource }) => resource },
      { title: 'OBJECTS', of: ({ objects }) => figure(objects), right: true },
      { title: 'SIZE', of: ({ bytes }) => size(bytes), right: true },
      { title: '', of: ({ sealed }) => (sealed ? 'sealed' : '') },
    ]),
  ].join('');
}

const missedKind = ({ resource, read, reason }: BackupDetail['kinds'][number]): string =>
  `  ${printable(resource)} (${read === 'part' ? 'in part' : 'not at all'}): ${printable(reason ?? 'no reason is known')}\n`;

/** Volumes with the same reason, which is said once. */
const missedVolumes = (volumes: BackupDetail['volumes']): string => {
  const names = volumes.map(({ namespace, name }) => `  ${printable(`${namespace}/${name}`)}\n`);
  const reason = printable(volumes[0]?.reason ?? '');
  return `\nData of ${count(volumes.length, 'volume')} not backed up. ${reason}\n${names.join('')}`;
};

const marks = { added: '+', removed: '-', changed: '~' } as const;

function changedObject({ path, change, changes }: ObjectChange): string {
  return `${marks[change]} ${printable(path)}\n${(changes ?? []).map(changedValue).join('')}`;
}

/** A value before and after; of sealed kinds the server sends only the names of keys. */
export function changedValue({ path, before, after }: Change): string {
  const lines = [
    before === null ? '' : `      - ${printable(before)}\n`,
    after === null ? '' : `      + ${printable(after)}\n`,
  ];
  return `    ${printable(path)}\n${lines.join('')}`;
}

function hint(items: readonly ObjectChange[], { params, query, command }: Tools): string {
  const changed = items.find(({ change }) => change === 'changed');
  if (query['path'] !== undefined || changed === undefined) return '';
  const words = `backups diff ${params['backup']} --to ${query['to']} --path ${quoted(changed.path)}`;
  return `See what changed in one object: ${command(words)}\n`;
}

/** As a shell takes it. */
export const quoted = (text: string): string =>
  /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
