import { type Backup, backupsApi } from '#shared/backups/backups.contract.ts';
import { type Cluster, clustersApi } from '#shared/clusters/clusters.contract.ts';
import { isOver, type Run, runsApi } from '#shared/runs/runs.contract.ts';
import { absolute, relative } from '#shared/words/format.models.ts';
import { type Call, sentence } from '../lib/call.ts';
import { element } from '../ui/dom.ts';
import { stateBadge } from '../ui/state-badge.ts';
import {
  backupSentence,
  type ClusterOverview,
  clusterSentence,
  headline,
  runSentence,
} from './overview.models.ts';

/** The plain page shows so many clusters in detail, and so many backups of each. */
const clustersShown = 10;
const backupsShown = 5;

export async function readOverview(call: Call): Promise<ClusterOverview[]> {
  const { items } = await call(clustersApi.list, {});
  return Promise.all(items.slice(0, clustersShown).map((cluster) => readCluster(call, cluster)));
}

/** One cluster that cannot be read must not hide the others. */
async function readCluster(call: Call, cluster: Cluster): Promise<ClusterOverview> {
  const params = { cluster: cluster.id };
  try {
    const [backups, runs] = await Promise.all([
      call(backupsApi.list, { params, query: { limit: backupsShown } }),
      call(runsApi.list, { params, query: { limit: 20 } }),
    ]);
    const active = runs.items.filter(({ state }) => !isOver(state));
    return { cluster, backups: backups.items, runs: active, problem: null };
  } catch (error) {
    return { cluster, backups: [], runs: [], problem: sentence(error) };
  }
}

export function overviewPage(overviews: readonly ClusterOverview[], now: number): HTMLElement[] {
  return [
    element('div', {}, [
      element('h1', {}, [headline(overviews, now)]),
      element('p', { class: 'lede' }, [
        'Backups lie in the data folder of this machine; a copy elsewhere is made by exporting them.',
      ]),
    ]),
    section(
      'Running and waiting',
      overviews.flatMap(({ runs }) => runs.map(runRow)),
      'Nothing runs.',
    ),
    section('Clusters', overviews.map(clusterRow), 'Add one with the command below.'),
    section(
      'Latest backups',
      overviews.flatMap(({ backups, problem, cluster }) =>
        problem === null
          ? backups.map((one) => backupRow(one, now))
          : [problemRow(cluster, problem)],
      ),
      'There is none yet. Make the first one with the command below.',
    ),
    commands(),
  ];
}

function section(title: string, rows: readonly HTMLElement[], empty: string): HTMLElement {
  return element('section', {}, [
    element('h2', {}, [title]),
    rows.length === 0
      ? element('p', { class: 'muted' }, [empty])
      : element('ul', { class: 'rows' }, rows),
  ]);
}

const clusterRow = (overview: ClusterOverview): HTMLElement =>
  element('li', {}, [
    stateBadge(overview.cluster.state),
    element('span', { class: 'name' }, [overview.cluster.id]),
    element('span', { class: 'muted' }, [
      overview.cluster.isDefault ? 'commands mean this one' : '',
    ]),
    element('span', { class: 'muted detail' }, [clusterSentence(overview)]),
  ]);

const backupRow = (backup: Backup, now: number): HTMLElement =>
  element('li', {}, [
    stateBadge(backup.state),
    element('code', { class: 'name' }, [backup.id]),
    element('time', { datetime: backup.startedAt, title: absolute(backup.startedAt) }, [
      relative(backup.startedAt, now),
    ]),
    element('span', { class: 'muted detail' }, [`${backup.cluster} · ${backupSentence(backup)}`]),
  ]);

const problemRow = (cluster: Cluster, problem: string): HTMLElement =>
  element('li', {}, [
    stateBadge('unknown'),
    element('span', { class: 'name' }, [cluster.id]),
    element('span', { class: 'muted detail' }, [problem]),
  ]);

function runRow(run: Run): HTMLElement {
  const { done, total } = run.progress.items;
  const label = `${run.kind} ${run.backup ?? run.cluster}`;
  return element('li', {}, [
    stateBadge(run.state),
    element('code', { class: 'name' }, [label]),
    element('span', { class: 'muted' }, [run.cluster]),
    element('progress', {
      'aria-label': label,
      ...(total === null ? {} : { max: String(Math.max(total, 1)), value: String(done) }),
    }),
    element('span', { class: 'muted detail' }, [runSentence(run)]),
  ]);
}

const lifeboat = 'npm run -s lifeboat --';

function commands(): HTMLElement {
  const rows = [
    ['Back up the whole cluster', `${lifeboat} backups create --wait`],
    ['Show what a restore would do; it changes nothing', `${lifeboat} restores plan BACKUP`],
    ['Restore what a plan says', `${lifeboat} restores start PLAN --wait`],
    ['Everything else', `${lifeboat} --help`],
  ] as const;
  return element('section', {}, [
    element('h2', {}, ['Commands, typed in the folder of Lifeboat']),
    element(
      'ul',
      { class: 'commands' },
      rows.map(([what, command]) =>
        element('li', {}, [what, element('code', { class: 'command' }, [command])]),
      ),
    ),
    element('p', { class: 'lede' }, [
      'The same through the ',
      element('a', { href: '/api' }, ['API']),
      '.',
    ]),
  ]);
}
