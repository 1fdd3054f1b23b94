/** The pages in the order of the rail, with the key after `g` that leads there. */
export const pages = [
  { to: '/', label: 'Now', key: 'n', icon: 'pulse' },
  { to: '/backups', label: 'Backups', key: 'b', icon: 'box' },
  { to: '/restores', label: 'Restores', key: 'r', icon: 'back' },
  { to: '/schedules', label: 'Schedules', key: 'e', icon: 'calendar' },
  { to: '/coverage', label: 'Coverage', key: 'c', icon: 'shield' },
  { to: '/activity', label: 'Activity', key: 'a', icon: 'list' },
  { to: '/settings', label: 'Settings', key: 's', icon: 'sliders' },
] as const;

/** Also those that are reached from another page, and have no place in the rail. */
export const allPages = [
  ...pages,
  { to: '/queue', label: 'Queue', key: 'q', icon: 'clock' },
] as const;
