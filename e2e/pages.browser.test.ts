import { beforeAll, expect, test } from 'vitest';
import { axeEverywhere, widthAtMostZoom } from './harness/axe.ts';
import { settled, withBrowser } from './harness/browser.ts';
import { withSandboxServer } from './harness/lifeboat.ts';

const lifeboat = withSandboxServer();
const browser = withBrowser();
beforeAll(async () => {
  await lifeboat().backUp({ name: 'first' });
});

const routes = [
  '/',
  '/backups',
  '/backups/first',
  '/backups/first?tab=compare',
  '/backups/first?tab=activity',
  '/restores',
  '/restores/new?backup=first',
  '/coverage',
  '/activity',
  '/settings/clusters',
  '/settings/people',
  '/settings/tokens',
  '/settings/appearance',
  '/settings/health',
];

test.each(routes)(
  '%s can be used by everybody: axe finds nothing in any colours, wide and narrow',
  async (path) => {
    const { page } = await browser.open(lifeboat(), { path });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    const findings = await axeEverywhere(page);
    const wide = await widthAtMostZoom(page);
    expect({ findings, wide }).toEqual({ findings: [], wide: 320 });
  },
);

test('a backup is made in two presses, and the page says so while it happens', async () => {
  const { page } = await browser.open(lifeboat());
  await page.getByRole('button', { name: 'Back up now' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Back up now' }).click();
  await page
    .getByText(/^Done: Backup .* (has begun|is complete)/)
    .first()
    .waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('a lost namespace is planned, confirmed and restored, and the result is read', async () => {
  const { page } = await browser.open(lifeboat(), {
    path: '/restores/new?backup=first&namespaces=%5B%22shop%22%5D&mapping=%7B%22shop%22%3A%22shop-copy%22%7D',
  });
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await page.getByRole('heading', { level: 1, name: /^Restore [\d,]+ objects into/ }).waitFor();
  await page
    .getByRole('button', { name: /in shop-copy$/ })
    .first()
    .click();
  await page.getByRole('region', { name: 'What would change' }).waitFor();
  const button = page.getByRole('button', { name: /^Restore [\d,]+ objects$/ });
  const planned = /[\d,]+/.exec(await button.innerText())?.[0];
  await button.click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Restore/ })
    .click();
  await page
    .getByRole('heading', { level: 1, name: `${planned} objects restored into sandbox` })
    .waitFor();
  await page.getByText('Created', { exact: true }).first().waitFor();
  expect(await page.title()).toMatch(/objects restored into/);
});

test('a viewer sees everything and is told why an act is not theirs', async () => {
  const password = await lifeboat().addPerson('vera', [{ role: 'viewer' }]);
  const { page } = await browser.open(lifeboat(), {
    as: { user: 'vera', password },
    path: '/backups/first',
  });
  const button = page.getByRole('button', { name: 'Delete' });
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  expect(await button.getAttribute('title')).toMatch(/\S/);
});

test('a pin is set, said and taken back by Undo', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/backups/first' });
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('button', { name: 'Unpin', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Pin', exact: true }).waitFor();
  expect(
    await lifeboat().call('GET', `/api/clusters/${lifeboat().cluster}/backups/first`),
  ).toMatchObject({ pin: null });
});
