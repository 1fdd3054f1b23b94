import { beforeAll, expect, test } from 'vitest';
import { settled, withBrowser } from '../harness/browser.ts';
import { withClusterServer } from '../harness/on-cluster.ts';
import { htmlMarker, longName, plantNamespace, secretMarker } from './estate.ts';

const lifeboat = withClusterServer();
const browser = withBrowser();

beforeAll(async () => {
  await plantNamespace(lifeboat().direct, 'salon');
  await plantNamespace(lifeboat().direct, 'vault');
  await lifeboat().backUp({ name: 'all' });
});

const person = async (name: string, binding: object) => ({
  user: name,
  password: await lifeboat().addPerson(name, [binding]),
});

test('a viewer reads everything; each act that is not theirs says which right is missing', async () => {
  const as = await person('vera', { role: 'viewer' });
  const { page } = await browser.open(lifeboat(), { as, path: '/backups/all' });
  for (const name of ['Verify', 'Pin', 'Export', 'Delete']) {
    const button = page.getByRole('button', { name, exact: true });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await button.getAttribute('title')).toMatch(/\S/);
  }
  await page.getByRole('link', { name: 'Now', exact: true }).click();
  const backUp = page.getByRole('button', { name: 'Back up now' }).first();
  await backUp.waitFor();
  expect(await backUp.getAttribute('aria-disabled')).toBe('true');
});

test('an operator backs up and verifies, but neither deletes nor restores', async () => {
  const as = await person('otto', { role: 'operator' });
  const { page } = await browser.open(lifeboat(), { as, path: '/backups/all' });
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await page.getByText(/^Done: Verification of all is complete$/).waitFor();
  const remove = page.getByRole('button', { name: 'Delete', exact: true });
  expect(await remove.getAttribute('aria-disabled')).toBe('true');
  await page.goto(
    '/restores/new?backup=all&namespaces=%5B%22salon%22%5D&mapping=%7B%22salon%22%3A%22salon-2%22%7D',
  );
  await page.getByRole('button', { name: 'Show the plan' }).click();
  const restore = page.getByRole('button', { name: /^Restore [\d,]+ objects$/ });
  await restore.waitFor();
  expect(await restore.getAttribute('aria-disabled')).toBe('true');
  expect(await restore.getAttribute('title')).toMatch(/\S/);
});

test('a person bound to one namespace finds nothing of the others on any page', async () => {
  const as = await person('bea', { role: 'viewer', namespaces: ['salon'] });
  const { page, context } = await browser.open(lifeboat(), { as });
  const answers: string[] = [];
  context.on('response', (response) => {
    if (response.url().includes('/api/') && !response.url().endsWith('/live'))
      response.text().then(
        (text) => answers.push(text),
        () => undefined, // a redirect has no body
      );
  });
  for (const path of [
    '/',
    '/backups',
    '/backups/all',
    '/backups/all?tab=compare',
    '/backups/all?tab=activity',
    '/restores',
    '/coverage',
    '/activity',
    '/settings/people',
  ]) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    expect(await page.locator('body').innerText()).not.toContain('vault');
  }
  expect(answers.length).toBeGreaterThan(8);
  expect(answers.filter((one) => one.includes('vault'))).toEqual([]);
});

test('planted HTML is read as text, long names hold, and no Secret reaches who may not read it', async () => {
  const as = await person('rita', { role: 'restorer' });
  const { page, context } = await browser.open(lifeboat(), { as });
  const answers: string[] = [];
  context.on('response', (response) => {
    if (response.url().includes('/api/'))
      response.text().then(
        (text) => answers.push(text),
        () => undefined, // the stream of events never ends
      );
  });
  const objects = 'resources%2F';
  const at = (kind: string, name: string) =>
    `/backups/all?prefix=${objects}${kind}%2Fnamespaces%2Fsalon%2F&object=${objects}${kind}%2Fnamespaces%2Fsalon%2F${name}.json`;
  await page.goto(at('configmaps', 'settings'));
  await page.getByText(htmlMarker.slice(0, 20)).first().waitFor();
  await page.goto(at('configmaps', longName));
  await page.getByText(longName.slice(0, 30)).first().waitFor();
  await page.goto(at('secrets', 'password'));
  await page.getByText('password').first().waitFor();
  await settled(page);
  await lifeboat().direct.merge('/api/v1/namespaces/salon/secrets/password', {
    stringData: { password: 'changed' },
  });
  await page.goto('/backups/all?tab=compare&to=live');
  await settled(page);
  expect(await page.locator('[data-planted]').count()).toBe(0);
  expect(await page.evaluate(() => 'planted' in window)).toBe(false);
  const forms = [secretMarker, Buffer.from(secretMarker).toString('base64')];
  expect(answers.length).toBeGreaterThan(5);
  expect(answers.filter((one) => forms.some((form) => one.includes(form)))).toEqual([]);
});
