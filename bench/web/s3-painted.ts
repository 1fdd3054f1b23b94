import type { Locator } from 'playwright-core';
import { measured } from '../gates.ts';
import { type Measure, median, quantile } from '../report.models.ts';
import { openHouse, runningRun, wait, withRunning } from './house.ts';

const everyMs = 50;

/** S3 to the end: from the event on the wire to the picture that shows it, one page open. */
export async function benchPainted(given: { events: number }): Promise<Measure[]> {
  const house = await openHouse();
  try {
    const { cluster } = house.lifeboat;
    const page = await house.open('/', withRunning([runningRun(cluster, { at: 0, done: 0 })]));
    const bar = page.getByRole('progressbar', { name: 'The oldest of them' });
    await bar.waitFor();
    await notePictures(bar);
    while (house.proxy.readers() === 0) await wait(20);
    const sent: number[] = [];
    for (let at = 0; at < given.events; at += 1) {
      sent.push(performance.timeOrigin + performance.now());
      house.proxy.send({
        type: 'run',
        cluster,
        run: runningRun(cluster, { at: 0, done: (at % 99) + 1 }),
      });
      await wait(everyMs);
    }
    await wait(500);
    const painted = await page.evaluate(
      () => (window as unknown as { painted: [string, number][] }).painted,
    );
    const took = painted.map(([value, at]) => at - lastSent(sent, { value, at }));
    if (took.length < given.events * 0.9)
      throw new Error(`only ${took.length} of ${given.events} events were painted`);
    return [
      measured('S3 painted', {
        what: `event → picture, ${1000 / everyMs}/s, p99 of ${took.length}`,
        numerator: quantile(took, 0.99),
        unit: 'ms',
        note: `p50 ${median(took).toFixed(1)} ms`,
      }),
    ];
  } finally {
    await house.end();
  }
}

/** Notes in the page when each change of the bar was painted. */
const notePictures = (bar: Locator) =>
  bar.evaluate((element) => {
    const painted: [string, number][] = [];
    Object.assign(window, { painted });
    new MutationObserver(() => {
      const value = element.getAttribute('aria-valuenow') ?? '';
      // After the next frame was handed over: a message is delivered once it was painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => {
          painted.push([value, performance.timeOrigin + performance.now()]);
        });
        port1.start();
        port2.postMessage(null);
      });
    }).observe(element, { attributes: true, attributeFilter: ['aria-valuenow'] });
  });

/** When the event with this value was sent: the last one before it was seen. */
function lastSent(sent: readonly number[], { value, at }: { value: string; at: number }): number {
  const index = sent.findLastIndex(
    (time, event) => time <= at && String((event % 99) + 1) === value,
  );
  return sent[index] ?? Number.NaN;
}
