import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { withBrowser } from '../harness/browser.ts';
import { withClusterServer } from '../harness/on-cluster.ts';
import { lose, namesOf, plantMany } from './estate.ts';

const lifeboat = withClusterServer();
const browser = withBrowser();
const namespace = 'warehouse';
const many = 2500;
const parts = `/api/v1/namespaces/${namespace}/configmaps`;
const toThePlan = `/restores/new?backup=full&namespaces=%5B%22${namespace}%22%5D`;

beforeAll(async () => {
  await plantMany(lifeboat().direct, namespace, many);
  await lifeboat().backUp({ name: 'full' });
});

beforeEach(async () => {
  const { direct } = lifeboat();
  if (await direct.exists(`/api/v1/namespaces/${namespace}`)) await lose(direct, namespace);
});

/** Plans and starts, up to where objects are being written. */
async function startRestore(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await page.getByRole('button', { name: /^Restore [\d,]+ objects$/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Restore/ })
    .click();
  await page.getByRole('button', { name: 'Cancel the restore' }).waitFor();
  await page.getByRole('progressbar', { name: 'restore of full' }).waitFor();
}

const written = async (): Promise<number> =>
  (await lifeboat().direct.exists(parts)) ? (await namesOf(lifeboat().direct, parts)).length : 0;

test('a restore is canceled: the page says so, and what was written stays', async () => {
  const { page } = await browser.open(lifeboat(), { path: toThePlan });
  await startRestore(page);
  await page.getByRole('button', { name: 'Cancel the restore' }).click();
  await page.getByRole('heading', { level: 1, name: /canceled/i }).waitFor();
  const stayed = await written();
  expect(stayed).toBeLessThan(many);
  await page.getByRole('link', { name: 'Restore from it again' }).waitFor();
});

test('the server is killed in the middle of a restore: the page waits, catches up and shows the whole result', async () => {
  const { page, watch } = await browser.open(lifeboat(), { path: toThePlan });
  watch.expect(/ERR_|Failed to load resource|net::/);
  await startRestore(page);
  await expect.poll(written).toBeGreaterThan(100);
  await lifeboat().kill();
  expect(await written()).toBeLessThan(many);
  await page
    .getByText(/^stale since/)
    .first()
    .waitFor();
  await lifeboat().revive();
  await page
    .getByRole('heading', { level: 1, name: /^[\d,]+ objects restored into/ })
    .waitFor({ timeout: 50_000 });
  await page.getByRole('status').getByText('live', { exact: true }).waitFor();
  const all = await namesOf(lifeboat().direct, parts);
  expect(all.filter((name) => name.startsWith('part-'))).toHaveLength(many);
});

test('two tabs see the same restore: canceled in one, it is over in both at once', async () => {
  const { page, context } = await browser.open(lifeboat(), { path: toThePlan });
  await startRestore(page);
  const other = await context.newPage();
  await other.goto(page.url());
  const cancel = other.getByRole('button', { name: 'Cancel the restore' });
  await cancel.waitFor();
  await page.getByRole('button', { name: 'Cancel the restore' }).click();
  await Promise.all(
    [page, other].map((tab) => tab.getByRole('heading', { level: 1, name: /canceled/i }).waitFor()),
  );
  expect(await cancel.count()).toBe(0);
  expect(await other.getByRole('region', { name: 'What you did' }).getByText(/^Done/).count()).toBe(
    0,
  );
});
