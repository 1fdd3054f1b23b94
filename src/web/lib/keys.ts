/**
 * The names under which answers are cached. What belongs to a cluster begins with it, so that a live
 * event reaches everything it concerns by a prefix.
 */
export const keys = {
  session: ['session'],
  sessionEnded: ['session-ended'],
  signInLink: ['sign-in-link'],
  clusters: ['clusters'],
  users: ['users'],
  tokens: ['tokens'],
  audit: ['audit'],
  health: ['health'],
  cluster: (cluster: string) => ['cluster', cluster],
  overview: (cluster: string) => ['cluster', cluster, 'overview'],
  coverage: (cluster: string) => ['cluster', cluster, 'coverage'],
  backups: (cluster: string) => ['cluster', cluster, 'backups'],
  backup: (cluster: string, backup: string) => ['cluster', cluster, 'backups', 'one', backup],
  /** Lists of runs: `{ items }` or the pages of an endless list; live events patch both. */
  runs: (cluster: string) => ['cluster', cluster, 'runs'],
  run: (cluster: string, run: string) => ['cluster', cluster, 'run', run],
  /** The run of a restore with the counts of its outcomes; live events patch the run in it. */
  restore: (cluster: string, run: string) => ['cluster', cluster, 'run', run, 'restore'],
  schedules: (cluster: string) => ['cluster', cluster, 'schedules'],
  schedule: (cluster: string, schedule: string) => [
    'cluster',
    cluster,
    'schedules',
    'one',
    schedule,
  ],
  queue: (cluster: string) => ['cluster', cluster, 'queue'],
  plans: (cluster: string) => ['cluster', cluster, 'plans'],
  plan: (cluster: string, plan: string) => ['cluster', cluster, 'plans', plan],
} as const;
