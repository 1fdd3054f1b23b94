import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Blackouts } from '../../features/schedules/blackouts.tsx';
import { SchedulesPage } from '../../features/schedules/schedules-page.tsx';
import { LinkButton } from '../../ui/link-button.tsx';

const route = getRouteApi('/cluster/schedules');

export function SchedulesRoute() {
  const { cluster, ...filter } = route.useSearch();
  const navigate = useNavigate();
  return (
    <SchedulesPage
      filter={filter}
      onFilter={(next) =>
        void navigate({ to: '/schedules', search: { cluster, ...next }, replace: true })
      }
      actions={
        <>
          <Blackouts />
          <LinkButton look="primary" to="/schedules/new" search={{ cluster }}>
            New schedule
          </LinkButton>
        </>
      }
    />
  );
}
