import * as z from 'zod/mini';
import { scheduleStates } from '#shared/schedules/schedule.contract.ts';
import { searchParam } from '../../lib/search-params.models.ts';

const scheduleViews = ['list', 'timeline', 'week', 'calendar'] as const;

/** How the schedules are shown, and which; it stands in the address. */
export const schedulesFilter = z.object({
  view: searchParam(z.enum(scheduleViews)),
  state: searchParam(z.enum(scheduleStates)),
  search: searchParam(z.string()),
});
export type SchedulesFilter = z.infer<typeof schedulesFilter>;
