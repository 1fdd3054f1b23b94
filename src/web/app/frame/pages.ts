/** The pages in the order of the rail, with the key after `g` that leads there. */
export const pages = [
  { to: '/', label: 'Now', key: 'n', icon: 'check' },
  { to: '/backups', label: 'Backups', key: 'b', icon: 'box' },
  { to: '/restores', label: 'Restores', key: 'r', icon: 'back' },
  { to: '/coverage', label: 'Coverage', key: 'c', icon: 'half' },
  { to: '/activity', label: 'Activity', key: 'a', icon: 'file' },
  { to: '/settings', label: 'Settings', key: 's', icon: 'columns' },
] as const;
