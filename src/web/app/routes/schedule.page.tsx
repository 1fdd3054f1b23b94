import { getRouteApi } from '@tanstack/react-router';
import { ScheduleView } from '../../features/schedules/schedule-view.tsx';

const route = getRouteApi('/cluster/schedules/$schedule');

export function SchedulePage() {
  const { schedule } = route.useParams();
  return <ScheduleView name={schedule} />;
}
