import { beforeAll, expect, test } from 'vitest';
import { withBrowser } from '../harness/browser.ts';
import { pressOn, tabTo } from '../harness/keyboard.ts';
import { withClusterServer } from '../harness/on-cluster.ts';
import { lose, namesOf, plantNamespace } from './estate.ts';

const lifeboat = withClusterServer();
const browser = withBrowser();
const namespace = 'kiosk';
const settings = `/api/v1/namespaces/${namespace}/configmaps/settings`;
const workloads = `/apis/apps/v1/namespaces/${namespace}/deployments`;

beforeAll(async () => {
  await plantNamespace(lifeboat().direct, namespace);
});

test('somebody signs in by link, backs up in two presses, loses a namespace, reads the plan and has it back', async () => {
  const { direct } = lifeboat();
  const { page } = await browser.open(lifeboat(), { as: null, path: await lifeboat().link() });

  await page.getByRole('button', { name: 'Back up now' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Back up now' }).click();
  await page.getByText(/^Done: Backup .* is complete$/).waitFor();

  const before = await namesOf(direct, `/api/v1/namespaces/${namespace}/configmaps`);
  await lose(direct, namespace);

  await page.getByRole('link', { name: 'Backups' }).click();
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('link', { name: 'Restore', exact: true }).click();
  await page.getByRole('checkbox', { name: namespace }).check();
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await page.getByRole('heading', { level: 1, name: /^Restore [\d,]+ objects into/ }).waitFor();
  expect(await direct.exists(`/api/v1/namespaces/${namespace}`)).toBe(false);

  await page.getByRole('button', { name: /settings in kiosk$/ }).click();
  const change = page.getByRole('region', { name: 'What would change' });
  await change.getByText('EUR').waitFor();

  const button = page.getByRole('button', { name: /^Restore [\d,]+ objects$/ });
  const planned = /[\d,]+/.exec(await button.innerText())?.[0];
  await button.click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Restore/ })
    .click();
  await page
    .getByRole('heading', {
      level: 1,
      name: `${planned} objects restored into ${lifeboat().cluster}`,
    })
    .waitFor();
  expect(await namesOf(direct, `/api/v1/namespaces/${namespace}/configmaps`)).toEqual(before);
  expect(await namesOf(direct, workloads)).toEqual(['front']);
});

test('a changed ConfigMap is brought back by keyboard alone, its difference read first', async () => {
  const { direct } = lifeboat();
  const { page } = await browser.open(lifeboat());
  await pressOn(page, 'button', 'Back up now');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await tabTo(page, 'textbox', 'Name, if the usual one will not do');
  await page.keyboard.type('by-keyboard');
  await page.keyboard.press('Enter');
  await page.getByText('Done: Backup by-keyboard is complete').waitFor();

  await direct.merge(settings, { data: { currency: 'USD', added: 'since' } });

  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await pressOn(page, 'link', 'by-keyboard');
  await pressOn(page, 'link', 'Restore');
  await pressOn(page, 'checkbox', namespace);
  await tabTo(page, 'radio', /^Leave it/);
  await page.keyboard.press('ArrowDown');
  await pressOn(page, 'button', 'Show the plan');
  await page.getByRole('heading', { level: 1, name: /^Restore 1 object into/ }).waitFor();
  await pressOn(page, 'button', /settings in kiosk$/);
  const change = page.getByRole('region', { name: 'What would change' });
  await change.getByText('USD').waitFor();
  await change.getByText('EUR').waitFor();

  await pressOn(page, 'button', 'Restore 1 object');
  await dialog.waitFor();
  await pressOn(page, 'button', 'Restore 1 object');
  await page.getByRole('heading', { level: 1, name: /^1 object restored into/ }).waitFor();
  expect((await direct.get(settings))['data']).toMatchObject({ currency: 'EUR' });
  expect((await direct.get(settings))['data']).not.toHaveProperty('added');
});
