import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { BackUpDialog } from '../../features/backups/back-up-now.tsx';
import { CoverageList } from '../../features/coverage/coverage-list.tsx';

const route = getRouteApi('/cluster/coverage');

export function CoveragePage() {
  const { cluster, ...filter } = route.useSearch();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<readonly string[] | null>(null);
  return (
    <>
      <CoverageList
        filter={filter}
        onFilter={(next) =>
          void navigate({ to: '/coverage', search: { cluster, ...next }, replace: true })
        }
        onBackUp={setAsked}
      />
      <BackUpDialog
        opened={asked !== null}
        namespaces={asked ?? []}
        onClose={() => setAsked(null)}
      />
    </>
  );
}
