import type { Kysely } from 'kysely';
import { column, index, table } from '../definitions.ts';
import type { MigrationTools } from '../dialects.ts';

/** Schedules, their slots, and whose turn it is in the queue. What waits already was asked for by people. */
const steps = [
  table('schedule', {
    columns: {
      cluster: 'text',
      name: 'text',
      version: 'integer',
      spec_json: 'text',
      namespaces: 'text?',
      pause_json: 'text?',
      minutes_in: 'integer',
      picked_why: 'text?',
      handled_at: 'integer',
      p50: 'integer',
      p90: 'integer',
      p99: 'integer',
      runs: 'integer',
      created_by: 'text',
      created_at: 'integer',
      changed_at: 'integer',
    },
    primaryKey: ['cluster', 'name'],
  }),
  table('slot', {
    columns: {
      cluster: 'text',
      schedule: 'text',
      at: 'integer',
      state: 'text',
      reason: 'text?',
      decided_at: 'integer',
      run: 'text?',
    },
    primaryKey: ['cluster', 'schedule', 'at'],
  }),
  table('blackout', { columns: { cluster: 'text', spec_json: 'text' }, primaryKey: ['cluster'] }),
  column('run', 'priority', { kind: 'text', value: 'high' }),
  column('run', 'rank', { kind: 'integer', value: 0 }),
  column('run', 'schedule', { kind: 'text?' }),
  column('run', 'slot_at', { kind: 'integer?' }),
  column('backup', 'schedule', { kind: 'text?' }),
  index('slot_age', 'slot', ['at']),
  index('run_of_schedule', 'run', ['cluster', 'schedule', 'created_at']),
  index('backup_of_schedule', 'backup', ['cluster', 'schedule', 'started_at']),
];

export async function schedules(db: Kysely<unknown>, tools: MigrationTools): Promise<void> {
  for (const step of steps) await step(db, tools);
}
