import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Activity } from '../../features/activity/activity.tsx';

const route = getRouteApi('/activity');

export function ActivityPage() {
  const { actor = '' } = route.useSearch();
  const navigate = useNavigate();
  return (
    <Activity
      actor={actor}
      onActor={(next) =>
        void navigate({
          to: '/activity',
          search: (before) => ({ cluster: before.cluster, ...(next && { actor: next }) }),
          replace: true,
        })
      }
    />
  );
}
