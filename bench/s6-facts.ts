import { join } from 'node:path';
import { systemClock } from '../src/server/platform/clock.ts';
import { openDatabase } from '../src/server/platform/database/database.ts';

const perStatement = 500;

/** A database as a long life leaves it: this many finished runs. */
export async function seedFacts(data: string, facts: number): Promise<void> {
  const { db, close } = await openDatabase({ url: join(data, 'lifeboat.db'), clock: systemClock });
  await db.transaction().execute(async (work) => {
    for (let first = 0; first < facts; first += perStatement) {
      const rows = Array.from({ length: perStatement }, (_, at) => finishedRun(first + at));
      await work.insertInto('run').values(rows).execute();
    }
  });
  await close();
}

function finishedRun(at: number) {
  const created = 1_700_000_000_000 + at * 60_000;
  const failed = at % 40 === 0;
  return {
    id: `0190${at.toString(16).padStart(4, '0').slice(-4)}-0000-7000-8000-${at.toString(16).padStart(12, '0')}`,
    cluster: 'sandbox',
    kind: 'backup',
    state: failed ? 'failed' : 'completed',
    reason: null,
    backup: failed ? null : `nightly-${at}`,
    plan: null,
    namespaces: null,
    spec_json: '{"engine":"embedded","type":"incremental"}',
    created_by: 'bench',
    created_at: created,
    started_at: created + 10,
    finished_at: created + 4_000,
    progress_json: '{"doing":"","items":{"done":1500,"total":1500},"bytes":{"done":1,"total":1}}',
    problem_json: null,
    result_json: null,
    cancel_requested: 0,
    fence: 1,
    priority: 'high',
    rank: created,
    schedule: null,
    slot_at: null,
  };
}
