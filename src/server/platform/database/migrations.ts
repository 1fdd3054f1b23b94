import type { Kysely } from 'kysely';
import type { MigrationTools } from './dialects.ts';
import { foundation } from './migrations/0001-foundation.ts';
import { endsOfRuns } from './migrations/0002-ends-of-runs.ts';
import { backupsBySize } from './migrations/0003-backups-by-size.ts';
import { schedules } from './migrations/0004-schedules.ts';

/** In order; a name never changes once it was released. */
export const migrations: readonly {
  name: string;
  up: (db: Kysely<unknown>, tools: MigrationTools) => Promise<void>;
}[] = [
  { name: '0001-foundation', up: foundation },
  { name: '0002-ends-of-runs', up: endsOfRuns },
  { name: '0003-backups-by-size', up: backupsBySize },
  { name: '0004-schedules', up: schedules },
];
