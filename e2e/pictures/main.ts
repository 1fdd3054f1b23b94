import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launch, openIn, settled } from '../harness/browser.ts';
import { findChromium } from '../harness/chromium.ts';
import { type OnSandbox, startOnSandbox } from '../harness/lifeboat.ts';
import { startPartsPage } from '../harness/parts-page.ts';
import { indexOf, type Picture } from './index-page.ts';
import { firstRun, type State, states, waiting } from './states.ts';

const folder = join(import.meta.dirname, '..', '..', 'pictures');
const widths = [360, 768, 1280, 1920];
const schemes = ['light', 'dark'] as const;
const taken: Picture[] = [];

async function shoot(page: Page, { state, route }: { state: string; route: string }) {
  for (const scheme of schemes)
    for (const width of widths) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(60); // what watches the width draws once more
      const file = `${state} ${route} ${width} ${scheme}`
        .replace(/[^a-z0-9]+/gi, '-')
        .slice(0, 120);
      await page.screenshot({
        path: join(folder, `${file}.png`),
        fullPage: state !== '1,000 rows',
      });
      taken.push({ file: `${file}.png`, state, route, width, scheme });
    }
}

async function take(browser: Browser, lifeboat: OnSandbox, state: State): Promise<void> {
  for (const route of state.routes) {
    const { page, context } = await openIn(browser, lifeboat, { ...state.opening, path: route });
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    await state.reach?.(page);
    await shoot(page, { state: state.name, route });
    await context.close();
    process.stdout.write('.');
  }
}

/** A week as it could have been: three backups, a lost namespace that came back, people. */
async function live(lifeboat: OnSandbox): Promise<void> {
  const at = `/api/clusters/${lifeboat.cluster}`;
  await lifeboat.backUp({ name: 'nightly-1', retention: '7d' });
  await lifeboat.backUp({ name: 'shop-only', namespaces: ['shop'] });
  await lifeboat.backUp({ name: 'nightly-3', retention: '7d' });
  await schedule(lifeboat, 'nightly', {
    frequency: '0 2 * * *',
    retention: { daily: 7, weekly: 4 },
  });
  await schedule(lifeboat, 'shop-hourly', { frequency: '30 * * * *', namespaces: ['shop'] });
  await schedule(lifeboat, 'weekly-full', { frequency: '0 2 * * 0', type: 'full' });
  await schedule(lifeboat, 'often', { frequency: '@every 2s', namespaces: ['shop'] });
  await lifeboat.call('POST', `${at}/schedules/weekly-full/pause`, { reason: 'moving house' });
  await new Promise((resolve) => setTimeout(resolve, 7000));
  await lifeboat.call('POST', `${at}/schedules/often/pause`, { reason: 'enough of it' });
  const options = {
    backup: 'nightly-3',
    namespaces: ['shop'],
    namespaceMapping: { shop: 'shop-copy' },
  };
  const { id } = await lifeboat.call<{ id: string }>('POST', `${at}/restores/plan`, options);
  await lifeboat.over(await lifeboat.call('POST', `${at}/restores`, { plan: id }));
  await edit(lifeboat.sandbox, 'shop');
  await lifeboat.addPerson('vera', [{ role: 'viewer' }]);
  await lifeboat.addPerson('bea', [{ role: 'operator', namespaces: ['shop'] }]);
}

const schedule = ({ call, cluster }: OnSandbox, name: string, spec: object): Promise<unknown> =>
  call('POST', `/api/clusters/${cluster}/schedules`, {
    name,
    timezone: 'Europe/Zurich',
    acceptWarnings: true,
    ...spec,
  });

/** Two schedules have runs that wait for the end of a blackout. */
async function hold({ call, cluster }: OnSandbox): Promise<void> {
  const at = `/api/clusters/${cluster}`;
  const hour = (by: number) => new Date(Date.now() + by * 3_600_000).toISOString().slice(11, 13);
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const blackout = { days, from: `${hour(-1)}:00`, to: `${hour(2)}:00`, reason: 'releases' };
  await call('PUT', `${at}/blackouts`, { blackouts: [blackout] });
  for (const name of ['often', 'weekly-full']) await call('POST', `${at}/schedules/${name}/resume`);
  const spec = { frequency: '@every 3s', namespaces: ['payments'], priority: 'urgent' };
  await call('POST', `${at}/schedules`, { name: 'payments', acceptWarnings: true, ...spec });
  await new Promise((resolve) => setTimeout(resolve, 8000));
}

/** Somebody changes a setting by hand, past every backup. */
async function edit({ server, token }: OnSandbox['sandbox'], namespace: string): Promise<void> {
  const at = `${server}/api/v1/namespaces/${namespace}/configmaps`;
  const headers = { authorization: `Bearer ${token}` };
  const listed = await fetch(at, { headers });
  const { items } = (await listed.json()) as { items: { metadata: { name: string } }[] };
  const name = items.map(({ metadata }) => metadata.name).find((one) => !one.startsWith('kube-'));
  const body = JSON.stringify({ data: { 'log-level': 'debug', replicas: '1' } });
  const answer = await fetch(`${at}/${name}`, {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/merge-patch+json' },
    body,
  });
  if (!answer.ok) throw new Error(`the change of ${name} answered ${answer.status}`);
}

/** Those that the README shows; copied to docs/pictures by hand when the look has changed. */
async function takeForReadme(browser: Browser, lifeboat: OnSandbox): Promise<void> {
  const plan =
    '/restores/new?backup=nightly-3&namespaces=%5B%22shop%22%5D&conflictPolicy=update&action=update';
  const at = { width: 1280, height: 800, reducedMotion: 'reduce' } as const;
  const now = await openIn(browser, lifeboat, at);
  await now.page.getByRole('region', { name: 'Needs you' }).waitFor();
  const restore = await openIn(browser, lifeboat, { ...at, path: plan });
  await restore.page.getByRole('button', { name: 'Show the plan' }).click();
  await restore.page.getByRole('table').waitFor();
  await restore.page
    .getByRole('button', { name: /in shop$/ })
    .first()
    .click();
  await restore.page.getByRole('region', { name: 'What would change' }).waitFor();
  await restore.page
    .getByRole('button', { name: /^Dismiss/ })
    .first()
    .click();
  const form = await openIn(browser, lifeboat, { ...at, path: '/schedules/new?from=nightly' });
  await form.page.getByRole('button', { name: 'Merge: let nightly rest' }).waitFor();
  for (const { name, page } of [
    { name: 'now', ...now },
    { name: 'schedule', ...form },
    { name: 'plan', ...restore },
  ])
    for (const scheme of schemes) {
      await settled(page);
      await page.emulateMedia({ colorScheme: scheme });
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.screenshot({ path: join(folder, `readme-${name}-${scheme}.png`) });
    }
}

async function takeParts(browser: Browser): Promise<void> {
  const parts = await startPartsPage();
  const page = await browser.newPage();
  await page.goto(parts.url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Say one of each' }).click();
  await page.evaluate(() => window.scrollTo(0, 0));
  await shoot(page, { state: '1,000 rows', route: 'parts' });
  await page.close();
  await parts.end();
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const lifeboat = await startOnSandbox();
const browser = await launch(findChromium());
try {
  await take(browser, lifeboat, firstRun);
  await live(lifeboat);
  for (const state of states) await take(browser, lifeboat, state);
  await takeParts(browser);
  await takeForReadme(browser, lifeboat);
  await hold(lifeboat);
  await take(browser, lifeboat, waiting);
} finally {
  await browser.close();
  await lifeboat.end();
}
writeFileSync(join(folder, 'index.html'), indexOf(taken));
console.log(`\n${taken.length} pictures: pictures/index.html`);
