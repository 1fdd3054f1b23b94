import type { CDPSession, Page } from 'playwright-core';
import { measured } from '../gates.ts';
import type { Measure } from '../report.models.ts';
import { openHouse, runningRun, wait, withRunning } from './house.ts';

const perSecond = 100;
const together = 20;

/** W4: a page that is open while 100 events a second arrive, for so many minutes. */
export async function benchLongRun(given: { minutes: number }): Promise<Measure[]> {
  const house = await openHouse();
  try {
    const { cluster } = house.lifeboat;
    const runs = Array.from({ length: together }, (_, at) => runningRun(cluster, { at, done: 0 }));
    const page = await house.open('/', withRunning(runs));
    await page.getByRole('progressbar').first().waitFor();
    const devtools = await page.context().newCDPSession(page);
    const send = async (seconds: number) => {
      for (let tick = 0; tick < seconds * 10; tick += 1) {
        for (let one = 0; one < perSecond / 10; one += 1)
          house.proxy.send(eventOf(cluster, tick, one));
        await wait(100);
      }
    };
    await send(20); // until everything that is kept on purpose is there
    const before = await heapOf(devtools);
    await noteLongTasks(page);
    await send(given.minutes * 60);
    const long = await longTasksOf(page);
    const growth = (await heapOf(devtools)) - before;
    return [
      measured('W4 heap', {
        what: `growth in ${given.minutes} minutes of ${perSecond} events a second`,
        numerator: Math.max(growth, 0) / 1e6,
        unit: 'MB',
        note: `${(before / 1e6).toFixed(1)} MB before`,
      }),
      measured('W4 long tasks', {
        what: 'tasks over 50 ms meanwhile',
        numerator: long.length,
        unit: '',
        note: long.length > 0 ? `longest ${Math.max(...long).toFixed(0)} ms` : '',
      }),
    ];
  } finally {
    await house.end();
  }
}

/** W4, at once: so many events in one breath. */
export async function benchBurst(given: { events: number }): Promise<Measure[]> {
  const house = await openHouse();
  try {
    const { cluster } = house.lifeboat;
    const runs = Array.from({ length: together }, (_, at) => runningRun(cluster, { at, done: 0 }));
    const page = await house.open('/', withRunning(runs));
    await page.getByRole('progressbar').first().waitFor();
    while (house.proxy.readers() === 0) await wait(20);
    await wait(2000);
    await noteLongTasks(page);
    for (let at = 0; at < given.events; at += 1)
      house.proxy.send(eventOf(cluster, Math.floor(at / 10), at % 10));
    await wait(3000);
    const long = await longTasksOf(page);
    return [
      measured('W4 burst', {
        what: `tasks over 50 ms in a burst of ${given.events} events`,
        numerator: long.length,
        unit: '',
        note: long.length > 0 ? `longest ${Math.max(...long).toFixed(0)} ms` : '',
      }),
    ];
  } finally {
    await house.end();
  }
}

const noteLongTasks = (page: Page) =>
  page.evaluate(() => {
    const long: number[] = [];
    Object.assign(window, { long });
    new PerformanceObserver((list) => {
      long.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
  });

const longTasksOf = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { long: number[] }).long);

/** Nine of ten are progress, the tenth says that a list has to be read again. */
function eventOf(cluster: string, tick: number, one: number) {
  if (one === 0) return { type: 'changed', cluster, what: 'backups', id: null } as const;
  const at = (tick * 9 + one) % together;
  return { type: 'run', cluster, run: runningRun(cluster, { at, done: tick % 100 }) } as const;
}

async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize;
}
