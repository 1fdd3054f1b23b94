import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { BackupView } from '../../features/backups/backup-view.tsx';

const route = getRouteApi('/cluster/backups/$backup');

export function BackupPage() {
  const { backup } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  return (
    <BackupView
      backup={backup}
      search={search}
      onSearch={(change) =>
        void navigate({
          to: '/backups/$backup',
          params: { backup },
          search: { ...search, ...change },
        })
      }
    />
  );
}
