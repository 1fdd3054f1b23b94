import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { nextRun } from '#shared/schedules/cron/cron.models.ts';
import { parseCron } from '#shared/schedules/cron/cron-parse.models.ts';
import type { CronDialect } from '#shared/schedules/cron/cron.types.ts';

/** Seconds since 1970. `next`: up to four slots in a row; null is Go's zero time. */
type Vector = {
  dialect: CronDialect;
  text: string;
  zone: string;
  after: number;
  next: readonly (number | null)[];
  refused?: true;
};

const vectors = gunzipSync(readFileSync(new URL('./vectors.jsonl.gz', import.meta.url)))
  .toString()
  .trim()
  .split('\n')
  .map((line): Vector => JSON.parse(line));

function answer({ dialect, text, zone, after }: Vector): readonly (number | null)[] | 'refused' {
  const parsed = parseCron(text, dialect);
  if (!parsed.ok) return 'refused';
  const slots: (number | null)[] = [];
  for (let at: number | null = after * 1000; at !== null && slots.length < 4;) {
    at = nextRun({ cron: parsed.cron, zone }, at);
    slots.push(at === null ? null : at / 1000);
  }
  return slots;
}

test.each(['robfig', 'go-cron'])(
  'whatever %s accepts, refuses and answers in every zone, also when clocks change, is answered here too',
  (dialect) => {
    const asked = vectors.filter((vector) => vector.dialect === dialect);
    expect(asked.length).toBeGreaterThanOrEqual(3_500);
    const different = asked.filter(
      (vector) =>
        JSON.stringify(answer(vector)) !== JSON.stringify(vector.refused ? 'refused' : vector.next),
    );
    expect(different).toEqual([]);
  },
);
