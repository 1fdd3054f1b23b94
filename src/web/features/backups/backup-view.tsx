import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { BackupDetail } from '#shared/backups/backups.contract.ts';
import { count, size } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Chips } from '../../ui/chips.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { BackupActions } from './backup-actions.tsx';
import { BackupRuns } from './backup-runs.tsx';
import type { BackupSearch } from './backup-search.models.ts';
import styles from './backup-view.module.css';
import { backupQuery } from './backups.queries.ts';
import { Compare } from './compare.tsx';
import { Contents } from './contents.tsx';

type Props = {
  backup: string;
  search: BackupSearch;
  onSearch: (change: Partial<BackupSearch>) => void;
};

const tabs = [
  { value: 'contents', label: 'Contents' },
  { value: 'compare', label: 'Compare' },
  { value: 'activity', label: 'Runs and logs' },
] as const;

/** What is in it, did it work, and what can be done with it? */
export function BackupView({ backup, search, onSearch }: Props) {
  const query = useQuery(backupQuery(useCluster(), backup));
  const crumbs = [{ label: 'Backups', to: '/backups' }, { label: backup }];
  if (!query.data)
    return (
      <Page title={backup} breadcrumbs={crumbs}>
        <QueryState what="The backup" query={query} rows={8}>
          {() => null}
        </QueryState>
      </Page>
    );
  const tab = search.tab ?? 'contents';
  return (
    <Page
      title={backup}
      lede={<Lede backup={query.data} />}
      breadcrumbs={crumbs}
      actions={<BackupActions backup={query.data} />}
    >
      <Facts backup={query.data} />
      <NotRead backup={query.data} />
      <Chips
        label="What to look at"
        chips={tabs}
        value={tab}
        onChange={(value) => onSearch({ tab: value })}
      />
      {tab === 'contents' && <Contents backup={backup} search={search} onSearch={onSearch} />}
      {tab === 'compare' && <Compare backup={backup} search={search} onSearch={onSearch} />}
      {tab === 'activity' && <BackupRuns backup={backup} />}
    </Page>
  );
}

function Lede({ backup }: { backup: BackupDetail }) {
  const { state, namespaces, objects, volumesNotBackedUp } = backup;
  const where = namespaces === null ? 'the whole cluster' : count(namespaces.length, 'namespace');
  return (
    <>
      <StateBadge state={state} /> {count(objects, 'object')} of {where}, as it was{' '}
      <Time at={backup.startedAt} />.
      {volumesNotBackedUp > 0 &&
        ` The data of ${count(volumesNotBackedUp, 'volume')} is not in it.`}
    </>
  );
}

function Facts({ backup }: { backup: BackupDetail }) {
  return (
    <dl className={styles['facts']}>
      <Fact term="Size">{size(backup.bytes)}</Fact>
      <Fact term="Kubernetes">{backup.serverVersion}</Fact>
      <Fact term="Verified">
        {backup.verifiedAt === null ? 'never' : <Time at={backup.verifiedAt} />}
      </Fact>
      <Fact term="Goes">
        {backup.expiresAt === null ? 'when somebody deletes it' : <Time at={backup.expiresAt} />}
      </Fact>
      <Fact term="Kept because">{backup.keptBecause.join(' ') || 'nothing removes it'}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What is not in it, with the reason of each. */
function NotRead({ backup }: { backup: BackupDetail }) {
  const kinds = backup.kinds.filter(({ read }) => read !== 'complete');
  if (kinds.length === 0 && backup.volumes.length === 0) return null;
  return (
    <details className={styles['missing']} open={kinds.length > 0}>
      <summary>Not backed up: {missingIn(kinds.length, backup.volumes.length)}</summary>
      <ul>
        {kinds.map(({ resource, reason }) => (
          <li key={resource}>
            <bdi>{resource}</bdi>: {reason}
          </li>
        ))}
        {backup.volumes.slice(0, 100).map(({ namespace, name, reason }) => (
          <li key={`${namespace}/${name}`}>
            <bdi>
              {namespace}/{name}
            </bdi>
            : {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

function missingIn(kinds: number, volumes: number): string {
  const parts = [
    kinds > 0 && count(kinds, 'kind'),
    volumes > 0 && `data of ${count(volumes, 'volume')}`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}
