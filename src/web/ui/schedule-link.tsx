import { Link } from '@tanstack/react-router';

/** The name of a schedule, which leads to its page. */
export const ScheduleLink = ({ name }: { name: string }) => (
  <Link
    to="/schedules/$schedule"
    params={{ schedule: name }}
    search={(before) => ({ cluster: before.cluster })}
  >
    {name}
  </Link>
);
