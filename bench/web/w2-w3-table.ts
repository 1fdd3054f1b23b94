import type { CDPSession, Page } from 'playwright-core';
import { startPartsPage } from '../../e2e/harness/parts-page.ts';
import { measured } from '../gates.ts';
import { type Measure, median, quantile } from '../report.models.ts';
import { type House, openHouse, wait } from './house.ts';

const rounds = 5;

/** W2 and W3: how soon the first page stands, and how a table of 100,000 rows answers and scrolls. */
export async function benchTable(): Promise<Measure[]> {
  const house = await openHouse();
  const parts = await startPartsPage();
  try {
    const loads = [];
    for (let round = 0; round < rounds; round += 1)
      loads.push(
        await load(house, '/', (page) => page.getByRole('region', { name: 'Needs you' }).waitFor()),
      );
    const table = await house.browser.newPage({ viewport: { width: 1280, height: 900 } });
    await table.goto(parts.url);
    await table.getByRole('heading', { name: 'Table of 100000 rows' }).waitFor();
    const scrolled = await scroll(table);
    const interaction = await slowestOf(table, () => interact(table));
    return [
      measured('W2 LCP', {
        what: 'largest paint of Now (9 Mbps, 100 ms, CPU ÷ 4)',
        numerator: median(loads.map(({ lcp }) => lcp)) / 1000,
        unit: 's',
      }),
      measured('W2 CLS', {
        what: 'layout shift of Now, worst of 5 loads',
        numerator: Math.max(...loads.map(({ cls }) => cls)),
        unit: '',
      }),
      measured('W2 INP', {
        what: 'slowest press or key on 100,000 rows (CPU ÷ 4)',
        numerator: interaction,
        unit: 'ms',
      }),
      measured('W3 rows', {
        what: 'most rows in the document while scrolling 100,000',
        numerator: scrolled.rows,
        unit: '',
      }),
      measured('W3 frames', {
        what: 'frame while scrolling 100,000 rows, p95',
        numerator: quantile(scrolled.frames, 0.95),
        unit: 'ms',
        note: `${scrolled.frames.length} frames, p50 ${median(scrolled.frames).toFixed(1)} ms`,
      }),
    ];
  } finally {
    await parts.end();
    await house.end();
  }
}

const slow = async (devtools: CDPSession) =>
  devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });

type Load = { lcp: number; cls: number };

/** A page in a new profile on a slow line and a slow machine, until it stands. */
export async function load(
  { open }: House,
  path: string,
  stands: (page: Page) => Promise<void>,
): Promise<Load> {
  const page = await open(path, async (one) => {
    const devtools = await one.context().newCDPSession(one);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 100,
      downloadThroughput: (9 * 1024 * 1024) / 8,
      uploadThroughput: (9 * 1024 * 1024) / 8,
    });
    await slow(devtools);
    await one.addInitScript(() => {
      const seen = { lcp: 0, cls: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        seen.lcp = list.getEntries().at(-1)?.startTime ?? seen.lcp;
      }).observe({ type: 'largest-contentful-paint', buffered: true });
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries())
          seen.cls += (shift as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
  });
  await stands(page);
  await wait(1500);
  const seen = await page.evaluate(() => (window as unknown as { seen: Load }).seen);
  await page.context().close();
  return seen;
}

/** The slowest of what `act` does to a page on a slow machine, milliseconds until it is painted. */
export async function slowestOf(page: Page, act: () => Promise<void>): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await slow(devtools);
  await page.evaluate(() => {
    const slowest = { ms: 0 };
    Object.assign(window, { slowest });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) slowest.ms = Math.max(slowest.ms, duration);
    }).observe({
      type: 'event',
      durationThreshold: 16,
      buffered: false,
    } as PerformanceObserverInit);
  });
  await act();
  await wait(1000);
  return page.evaluate(() => (window as unknown as { slowest: { ms: number } }).slowest.ms);
}

/** Presses, keys and typing. */
async function interact(page: Page): Promise<void> {
  const table = page.getByRole('region', { name: 'Table' });
  for (let at = 0; at < 5; at += 1)
    await table
      .getByRole('checkbox')
      .nth(at + 2)
      .click();
  for (let at = 0; at < 10; at += 1) await page.keyboard.press('j');
  await table.getByRole('searchbox').click();
  await page.keyboard.type('nightly-9', { delay: 60 });
}

type Scrolled = { frames: number[]; rows: number };

/** Three seconds of wheel, as fast as a hand turns it. */
async function scroll(page: Page): Promise<Scrolled> {
  await page.getByRole('region', { name: 'Table' }).scrollIntoViewIfNeeded();
  await page.mouse.move(640, 600);
  await page.evaluate(() => {
    const seen: Scrolled = { frames: [], rows: 0 };
    Object.assign(window, { seen });
    let last = performance.now();
    const frame = () => {
      const now = performance.now();
      seen.frames.push(now - last);
      seen.rows = Math.max(seen.rows, document.querySelectorAll('tbody tr').length);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, 400);
    await wait(50);
  }
  return page.evaluate(() => (window as unknown as { seen: Scrolled }).seen);
}
