import { measured } from '../gates.ts';
import { type Measure, median } from '../report.models.ts';
import { openHouse } from './house.ts';
import { load, slowestOf } from './w2-w3-table.ts';

const rounds = 3;

/** W2 on the page of schedules: how soon it stands, and how it answers while it is filtered. */
export async function benchSchedulesPage(many: number): Promise<Measure[]> {
  const house = await openHouse();
  const { lifeboat } = house;
  const lines = Array.from(
    { length: many },
    (_, n) => `  - { name: s${n}, frequency: "${n % 60} ${n % 24} * * *", namespaces: [shop] }`,
  );
  const document = `schedules:\n${lines.join('\n')}\n`;
  const body = { document, acceptWarnings: true };
  await lifeboat.call('POST', `/api/clusters/${lifeboat.cluster}/schedules/import`, body);
  try {
    const loads = [];
    for (let round = 0; round < rounds; round += 1)
      loads.push(
        await load(house, '/schedules', (page) =>
          page.getByRole('table', { name: 'Schedules' }).waitFor(),
        ),
      );
    const page = await house.open('/schedules');
    await page.getByRole('table', { name: 'Schedules' }).waitFor();
    const slowest = await slowestOf(page, async () => {
      await page.getByRole('searchbox').click();
      await page.keyboard.type('s99', { delay: 80 });
      await page.getByRole('link', { name: 's999', exact: true }).waitFor();
      await page.getByRole('button', { name: /^Upcoming/ }).click();
    });
    return [
      measured('W2 schedules LCP', {
        what: `largest paint of ${many} schedules (9 Mbps, 100 ms, CPU ÷ 4)`,
        numerator: median(loads.map(({ lcp }) => lcp)) / 1000,
        unit: 's',
      }),
      measured('W2 schedules CLS', {
        what: `layout shift of ${many} schedules, worst of ${rounds} loads`,
        numerator: Math.max(...loads.map(({ cls }) => cls)),
        unit: '',
      }),
      measured('W2 schedules INP', {
        what: `slowest key or press while ${many} schedules are filtered (CPU ÷ 4)`,
        numerator: slowest,
        unit: 'ms',
      }),
    ];
  } finally {
    await house.end();
  }
}
