import process from 'node:process';
import { benchAgainstVelero } from './b3-b8-velero.ts';
import { benchBackups } from './b1-b5-backup.ts';
import { benchMemory, benchRequests } from './b6-b10-sandbox.ts';
import { benchReads } from './b9-reads.ts';
import { formatMeasures, type Measure, verdictOf } from './report.models.ts';
import { benchLive } from './s3-live.ts';
import { benchSchedules } from './s4-s5-schedules.ts';
import { benchStart } from './s6-start.ts';
import { benchEventLoop } from './s7-event-loop.ts';
import { benchPainted } from './web/s3-painted.ts';
import { benchFirstLoad } from './web/w1-first-load.ts';
import { benchSchedulesPage } from './web/w2-schedules.ts';
import { benchTable } from './web/w2-w3-table.ts';
import { benchBurst, benchLongRun } from './web/w4-long-run.ts';

/** `npm run bench`, or `npm run bench -- B9 S3` for some of them. Exit 1 when a gate is missed. */
const suites: Record<string, () => Promise<Measure[]>> = {
  'B1 B2 B4 B5': () => benchBackups([20_000, 50_000]),
  'B3 B7 B8': () =>
    benchAgainstVelero({ objects: 20_000, restored: 10_000, restoredByVelero: 2_000 }),
  B6: () => benchMemory(50_000, 200_000),
  B9: () => benchReads({ backups: 1_000, objects: 50_000 }),
  B10: () => benchRequests(20_000),
  S3: async () => [
    ...(await benchLive({ readers: 1_000, events: 200 })),
    ...(await benchPainted({ events: 400 })),
  ],
  'S4 S5': () => benchSchedules({ due: 1_000, stored: 5_000 }),
  S6: () => benchStart(1_000_000),
  S7: () => benchEventLoop(50_000),
  W1: benchFirstLoad,
  'W2 W3': async () => [...(await benchTable()), ...(await benchSchedulesPage(1_000))],
  W4: async () => [
    ...(await benchBurst({ events: 1_000 })),
    ...(await benchLongRun({ minutes: 10 })),
  ],
};

const asked = process.argv.slice(2);
const chosen = Object.entries(suites).filter(
  ([ids]) => asked.length === 0 || ids.split(' ').some((id) => asked.includes(id)),
);
if (chosen.length === 0) {
  console.error(
    `There is no measure ${asked.join(' ')}. There are: ${Object.keys(suites).join(' ')}.`,
  );
  process.exit(2);
}
const measures: Measure[] = [];
for (const [ids, run] of chosen) {
  console.error(`Measuring ${ids} …`);
  const made = await run();
  measures.push(...made);
  console.log(formatMeasures(made));
}
const missed = measures.filter((measure) => verdictOf(measure) === 'missed');
console.log(`\n${measures.length} measures, ${missed.length} below their gate.`);
process.exitCode = missed.length > 0 ? 1 : 0;
