import { getRouteApi } from '@tanstack/react-router';
import { NewSchedule } from '../../features/schedules/new-schedule.tsx';

const route = getRouteApi('/cluster/schedules/new');

export function NewSchedulePage() {
  const { from } = route.useSearch();
  return <NewSchedule from={from} />;
}
