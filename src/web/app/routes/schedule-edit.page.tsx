import { getRouteApi } from '@tanstack/react-router';
import { EditSchedule } from '../../features/schedules/edit-schedule.tsx';

const route = getRouteApi('/cluster/schedules/$schedule/edit');

export function EditSchedulePage() {
  const { schedule } = route.useParams();
  return <EditSchedule name={schedule} />;
}
