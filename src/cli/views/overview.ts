import { type ConnectionTest, clustersApi } from '#shared/clusters/clusters.contract.ts';
import { coverageApi, type Seen } from '#shared/coverage/coverage.contract.ts';
import { healthApi } from '#shared/health/health.contract.ts';
import { headline, lede } from '#shared/overview/answer.models.ts';
import { type Changes, overviewApi } from '#shared/overview/overview.contract.ts';
import { count, size, span } from '#shared/words/format.models.ts';
import { fields, moment, printable, table } from '../format.models.ts';
import { runTable } from './runs.ts';
import { more, view } from './view.ts';

export const overviewViews = [
  view(overviewApi.show, (overview, { now }) => {
    const { strong, rest } = lede(overview, Date.parse(overview.at));
    const needs = overview.needs.map(
      ({ state, sentence, detail }) => `  ${state}: ${printable(sentence)}. ${printable(detail)}\n`,
    );
    return [
      `${printable(headline(overview))}.\n${printable(`${strong} ${rest}`)}\n`,
      needs.length === 0 ? '' : `\nNeeds you:\n${needs.join('')}`,
      overview.active.length === 0 ? '' : `\n${runTable(overview.active, now)}`,
      overview.lastRestore === null
        ? ''
        : `\nThe last restore took ${span(overview.lastRestore.milliseconds)}.\n`,
    ].join('');
  }),
  view(overviewApi.changes, (changes) => `${printable(changesSentence(changes))}\n`),
  view(coverageApi.list, ({ items, next, seen }, { now }) =>
    items.length === 0
      ? `Nothing matches.\n${seenLine(seen)}`
      : table(items, [
          { title: 'STATE', of: ({ state }) => state },
          { title: 'NAMESPACE', of: ({ namespace }) => namespace },
          { title: 'VOLUME CLAIM', of: ({ name }) => name ?? '' },
          {
            title: 'RESTORE POINT',
            of: ({ restorePoint }) => (restorePoint === null ? '' : moment(restorePoint.at, now)),
          },
          { title: '', of: ({ reason }) => reason?.sentence ?? '' },
        ]) +
        seenLine(seen) +
        more(next),
  ),
  view(clustersApi.test, tested),
  view(clustersApi.check, tested),
  view(
    clustersApi.namespaces,
    ({ items, seen }) => items.map(({ name }) => `${printable(name)}\n`).join('') + seenLine(seen),
  ),
  view(clustersApi.kinds, ({ items }) =>
    table(items, [
      { title: 'KIND', of: ({ resource }) => resource },
      { title: 'VERSION', of: ({ version }) => version },
      { title: '', of: ({ namespaced }) => (namespaced ? '' : 'of the cluster') },
    ]),
  ),
  view(healthApi.show, ({ version, parts, disk, clusters }) =>
    fields([
      ['Lifeboat', version],
      ...parts.map((part): [string, string] => [
        part.name,
        [part.version, part.problem].filter((word) => word !== null).join(': '),
      ]),
      ['Disk', disk === null ? null : `${size(disk.free)} of ${size(disk.total)} free`],
      ...clusters.map((cluster): [string, string] => [
        cluster.id,
        [cluster.state, cluster.problem].filter((word) => word !== null).join(': '),
      ]),
    ]),
  ),
];

/** Where the names come from, when that is not the cluster as it is now. */
const seenLine = ({ from, problem }: Seen): string =>
  problem === null
    ? ''
    : `${from === 'backup' ? 'As the newest backup tells' : 'As far as is known'}: ${printable(problem)}\n`;

function changesSentence({ state, since, reason, atLeast, ...counts }: Changes): string {
  if (state === 'unknown') return reason ?? 'It is unknown what changed.';
  if (state === 'counting') return 'It is being counted; ask again in a moment.';
  const { added, changed, removed } = counts;
  const total = count(added + changed + removed, 'object');
  return `${atLeast ? 'At least ' : ''}${total} changed since ${since?.backup ?? ''}: ${added} new, ${changed} changed, ${removed} gone.`;
}

function tested({ sentence, rights, server, version }: ConnectionTest): string {
  const missing = rights.filter(({ allowed }) => !allowed);
  const lines = missing.map(
    ({ verb, resource, neededFor }) => `  may not ${verb} ${resource} (needed for ${neededFor}s)\n`,
  );
  return `${printable(sentence)}\n${fields([
    ['Server', server],
    ['Version', version],
  ])}${lines.join('')}`;
}
