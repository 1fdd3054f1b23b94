import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { BackupsList } from '../../features/backups/backups-list.tsx';
import { BackUpButton } from '../back-up-button.tsx';

const route = getRouteApi('/cluster/backups');

export function BackupsPage() {
  const { cluster, ...filter } = route.useSearch();
  const navigate = useNavigate();
  return (
    <BackupsList
      filter={filter}
      onFilter={(next) =>
        void navigate({ to: '/backups', search: { cluster, ...next }, replace: true })
      }
      actions={<BackUpButton />}
    />
  );
}
