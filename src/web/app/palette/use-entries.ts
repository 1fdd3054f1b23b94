import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { backupsQuery } from '../../features/backups/backups.queries.ts';
import { useClusters } from '../../lib/cluster.ts';
import { allPages } from '../frame/pages.ts';
import { useChosenCluster } from '../frame/use-chosen-cluster.ts';
import type { Entry } from './palette.models.ts';

type Given = { typed: string; onBackUp: () => void };

/** All that there is to go to and to do, and the backups with what was typed in their names. */
export function useEntries({ typed, onBackUp }: Given): readonly Entry[] {
  const navigate = useNavigate();
  const { data: clusters = [] } = useClusters();
  const cluster = useChosenCluster()?.id;
  const search = (before: { cluster?: string | undefined }) => ({ cluster: before.cluster });
  return [
    ...allPages.map(({ to, label, key }) => ({
      id: `page-${label}`,
      label,
      hint: `Page · g ${key}`,
      act: () => void navigate({ to, search }),
    })),
    { id: 'back-up', label: 'Back up now', hint: 'Act', act: onBackUp },
    {
      id: 'restore',
      label: 'Restore',
      hint: 'Act',
      act: () => void navigate({ to: '/restores/new', search }),
    },
    ...settings.map(({ to, label }) => ({
      id: `settings-${label}`,
      label,
      hint: 'Settings',
      act: () => void navigate({ to, search }),
    })),
    ...clusters.map(({ id }) => ({
      id: `cluster-${id}`,
      label: id,
      hint: 'Cluster',
      act: () => void navigate({ to: '.', search: { cluster: id } }),
    })),
    ...useBackups(cluster, typed),
  ];
}

function useBackups(cluster: string | undefined, typed: string): readonly Entry[] {
  const navigate = useNavigate();
  const search = useDeferredValue(typed.trim());
  const { data } = useInfiniteQuery({
    ...backupsQuery(cluster ?? '', { search }),
    enabled: cluster !== undefined && search !== '',
  });
  return (data?.pages[0]?.items ?? []).map(({ id }) => ({
    id: `backup-${id}`,
    label: id,
    hint: 'Backup',
    act: () =>
      void navigate({
        to: '/backups/$backup',
        params: { backup: id },
        search: (before) => ({ cluster: before.cluster }),
      }),
  }));
}

const settings = [
  { to: '/settings/clusters', label: 'Clusters' },
  { to: '/settings/people', label: 'People' },
  { to: '/settings/tokens', label: 'Tokens' },
  { to: '/settings/appearance', label: 'Appearance' },
  { to: '/settings/health', label: 'Health' },
] as const;
