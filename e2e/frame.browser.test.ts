import { beforeAll, expect, test } from 'vitest';
import { axeEverywhere } from './harness/axe.ts';
import { withBrowser } from './harness/browser.ts';
import { withSandboxServer } from './harness/lifeboat.ts';

const lifeboat = withSandboxServer();
const browser = withBrowser();
beforeAll(async () => {
  await lifeboat().backUp({ name: 'nightly-1' });
});

test('Ctrl K goes to a backup by a part of its name, without a mouse', async () => {
  const { page } = await browser.open(lifeboat());
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Page, backup/ }).waitFor();
  expect(await axeEverywhere(page)).toEqual([]);
  await page.keyboard.type('ghtly');
  await page.getByRole('option', { name: /nightly-1/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'nightly-1' }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe('/backups/nightly-1');
});

test('closing the palette gives the focus back to what opened it', async () => {
  const { page } = await browser.open(lifeboat());
  const opener = page.getByRole('button', { name: 'Go to, or do' });
  await opener.click();
  await page.getByRole('combobox', { name: /^Page, backup/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => opener.evaluate((one) => one === document.activeElement)).toBe(true);
});

test('the palette does, too: Back up now, from any page', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/settings/health' });
  await page.getByRole('button', { name: 'Go to, or do' }).click();
  await page.getByRole('combobox', { name: /^Page, backup/ }).waitFor();
  await page.keyboard.type('back up');
  await page.keyboard.press('Enter');
  await page
    .getByRole('dialog', { name: 'Back up now' })
    .getByRole('textbox')
    .last()
    .fill('palette');
  await page.keyboard.press('Enter');
  await page.getByText('Done: Backup palette is complete').waitFor();
  const past = page.getByRole('button', { name: 'What you did' });
  await past.click();
  const list = page.getByRole('list', { name: 'What you did, newest first' });
  expect(await list.innerText()).toContain('Backup palette is complete');
});

test('? lists the keys, and a key does nothing once single keys are turned off', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/settings/appearance' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await help.getByText('Go to Backups').waitFor();
  expect(await axeEverywhere(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await page
    .getByRole('main')
    .getByRole('checkbox', { name: 'Shortcuts of single keys' })
    .uncheck();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  expect(await help.count()).toBe(0);
});

test('the rail folds to its icons, stays so after a reload, and each icon keeps its name', async () => {
  const { page } = await browser.open(lifeboat());
  await page.getByRole('button', { name: /^Fold/ }).click();
  await page.reload();
  const unfold = page.getByRole('button', { name: 'Show the names of the pages' });
  await unfold.waitFor();
  expect((await page.getByRole('navigation', { name: 'Pages' }).boundingBox())?.width).toBe(56);
  expect(await page.getByRole('link', { name: 'Backups' }).count()).toBe(1);
  expect(await axeEverywhere(page)).toEqual([]);
});

test('nobody takes the sandbox for a cluster of theirs', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/backups' });
  await page.getByText('This is the sandbox, a made-up cluster').waitFor();
  expect(await page.getByText('nothing here can be lost').isVisible()).toBe(true);
});

test('a page that fits into the window does not scroll', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/queue' });
  await page.getByRole('heading', { level: 1, name: /^Nothing runs/ }).waitFor();
  const { innerHeight, scrollHeight } = await page.evaluate(() => ({
    innerHeight: window.innerHeight,
    scrollHeight: document.documentElement.scrollHeight,
  }));
  expect(scrollHeight).toBe(innerHeight);
});

test('while the clusters are asked for, no page says that there is none', async () => {
  const { page } = await browser.open(lifeboat(), {
    before: async (one) => {
      await one.route('**/api/clusters', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await route.continue();
      });
    },
  });
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Clusters');
  await page.getByRole('region', { name: 'Needs you' }).waitFor();
});
