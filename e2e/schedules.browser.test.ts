import { beforeAll, expect, test, vi } from 'vitest';
import type { Schedule } from '#shared/schedules/schedule.contract.ts';
import { axeEverywhere, widthAtMostZoom } from './harness/axe.ts';
import { settled, withBrowser } from './harness/browser.ts';
import { pressOn, tabTo } from './harness/keyboard.ts';
import { withSandboxServer } from './harness/lifeboat.ts';

const lifeboat = withSandboxServer();
const browser = withBrowser();
const at = (path: string) => `/api/clusters/${lifeboat().cluster}${path}`;
const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

beforeAll(async () => {
  await lifeboat().backUp({ name: 'first' });
  const create = (name: string, frequency: string, more: object = {}) =>
    lifeboat().call('POST', at('/schedules'), { name, frequency, acceptWarnings: true, ...more });
  await create('nightly', '0 2 * * *');
  await create('weekly-full', '0 2 * * 0', { type: 'full', retention: { weekly: 8 } });
  await create('shop-hourly', '30 * * * *', { namespaces: ['shop'] });
  await lifeboat().call('POST', at('/schedules/shop-hourly/pause'), { reason: 'moving house' });
  await create('waits', '@every 1s', { namespaces: ['shop'], overlap: 'wait' });
  // From an hour ago for three hours: it closes now, and leaves time for what is saved.
  const hour = (by: number) => new Date(Date.now() + by * 3_600_000).toISOString().slice(11, 13);
  const [from, to] = [`${hour(-1)}:00`, `${hour(2)}:00`];
  const blackout = { days: week, from, to, reason: 'a release', timezone: 'UTC' };
  await lifeboat().call('PUT', at('/blackouts'), { blackouts: [blackout] });
  await vi.waitUntil(async () => (await waiting()) > 0, { timeout: 15_000 });
  await lifeboat().call('POST', at('/schedules/waits/pause'), { reason: 'enough' });
});

const waiting = async (): Promise<number> => {
  const { waiting: runs } = (await lifeboat().call('GET', at('/queue'))) as { waiting: unknown[] };
  return runs.length;
};

const routes = [
  '/schedules',
  '/schedules?view=timeline',
  '/schedules?view=week',
  '/schedules?view=calendar',
  '/schedules?search=zzz',
  '/schedules/new',
  '/schedules/nightly',
  '/schedules/waits',
  '/schedules/weekly-full/edit',
  '/queue',
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

test('a schedule is created by the keyboard alone, with its warning read and accepted', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/schedules' });
  await pressOn(page, 'link', 'New schedule');
  await page.getByRole('heading', { level: 1, name: 'New schedule' }).waitFor();
  await tabTo(page, 'textbox', /^Name, if/);
  await page.keyboard.type('by-keys');
  await tabTo(page, 'textbox', /^Frequency/);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('0 2 * * 6');
  await page.getByText('At 02:00, only on Saturday').first().waitFor();
  await page
    .getByText(/by-keys meets nightly/)
    .first()
    .waitFor();
  await tabTo(page, 'checkbox', /^Save it although/);
  await page.keyboard.press('Space');
  await pressOn(page, 'button', 'Save schedule');
  await page.getByRole('heading', { level: 1, name: 'by-keys' }).waitFor();
  const saved = (await lifeboat().call('GET', at('/schedules/by-keys'))) as Schedule;
  expect(saved.spec.frequency).toBe('0 2 * * 6');
});

test('what is wrong is told at its place while it is typed, and cannot be saved', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/schedules/new' });
  await page.getByLabel(/^Frequency/).fill('0 25 * * *');
  await page.getByText('Characters 3 to 4.').waitFor();
  const save = page.getByRole('button', { name: 'Save schedule' });
  expect(await save.getAttribute('aria-disabled')).toBe('true');
});

test('a warning is solved by the button beside it', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/schedules/weekly-full/edit' });
  await page
    .getByRole('button', { name: /^Move weekly-full to/ })
    .first()
    .click();
  await expect.poll(() => page.getByLabel(/^Frequency/).inputValue()).toBe('5 2 * * 0');
  await page
    .getByText(/meets nightly/)
    .first()
    .waitFor({ state: 'detached' });
  expect(await page.getByText(/meets nightly/).count()).toBe(0);
});

test('two that do the same become one in two presses, and the other rests', async () => {
  // Half a day from now: no blackout is near.
  const hour = (new Date().getUTCHours() + 12) % 24;
  const frequency = `30 ${hour} * * 1`;
  const twin = { frequency, namespaces: ['shop'], acceptWarnings: true };
  await lifeboat().call('POST', at('/schedules'), { ...twin, name: 'twin-one' });
  await lifeboat().call('POST', at('/schedules'), { ...twin, name: 'twin-two' });
  const { page } = await browser.open(lifeboat(), { path: '/schedules/twin-two/edit' });
  await page.getByRole('button', { name: 'Merge: let twin-one rest' }).click();
  await page.getByRole('button', { name: 'Keep twin-one going' }).waitFor();
  await page.getByText(/back up the same objects/).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save schedule' }).click();
  await page.getByRole('heading', { level: 1, name: 'twin-two', exact: true }).waitFor();
  const rests = await lifeboat().call<Schedule>('GET', at('/schedules/twin-one'));
  expect(rests.paused?.reason).toBe('twin-two makes its backups now');
});

test.each([
  ['/schedules', 'State', /^Paused/, /state=paused/],
  ['/backups', 'State', /^Completed/, /state=completed/],
])(
  'on %s a state is chosen by a press, and stands in the address',
  async (path, group, chip, url) => {
    const { page } = await browser.open(lifeboat(), { path });
    await page.getByRole('table').waitFor();
    const state = page.getByRole('group', { name: group }).getByRole('button', { name: chip });
    await state.click();
    await page.waitForURL(url);
    await page.getByRole('table').waitFor();
    expect(await state.getAttribute('aria-pressed')).toBe('true');
  },
);

test('a blackout is added and taken away', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/schedules' });
  await page.getByRole('button', { name: 'Blackouts' }).click();
  await page.getByLabel('Why nothing begins then').fill('stock-taking');
  await page.getByRole('button', { name: 'Add the blackout' }).click();
  await page.getByText(/^stock-taking: between 18:00 and 20:00, every day/).waitFor();
  await page.getByRole('button', { name: 'Remove stock-taking' }).click();
  await page.getByText(/^stock-taking:/).waitFor({ state: 'detached' });
  const { blackouts } = await lifeboat().call<{ blackouts: unknown[] }>('GET', at('/blackouts'));
  expect(blackouts).toHaveLength(1);
});

test('a run dragged by the mouse onto another goes before it', async () => {
  const body = { frequency: '@every 1s', namespaces: ['shop'], acceptWarnings: true };
  await lifeboat().call('POST', at('/schedules'), { ...body, name: 'dragged' });
  await vi.waitUntil(async () => (await order()).length > 1, { timeout: 15_000 });
  await lifeboat().call('POST', at('/schedules/dragged/pause'), { reason: 'enough' });
  const before = await order();
  const last = before.at(-1) ?? '';
  const { page } = await browser.open(lifeboat(), { path: '/queue' });
  const entry = (backup: string) => page.getByRole('listitem').filter({ hasText: backup });
  await entry(last).dragTo(entry(before[0] ?? ''), { sourcePosition: { x: 8, y: 8 } });
  await expect.poll(order).toEqual([last, ...before.slice(0, -1)]);
  await lifeboat().call('DELETE', at('/schedules/dragged'));
});

const order = async (): Promise<string[]> => {
  const queue = await lifeboat().call<{ waiting: { run: { backup: string } }[] }>(
    'GET',
    at('/queue'),
  );
  return queue.waiting.map(({ run }) => run.backup);
};

test('who waits is told why, gets another priority, and is canceled', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/queue' });
  await page
    .getByText(/Nothing scheduled begins before .*: a release/)
    .first()
    .waitFor();
  await page.getByRole('combobox', { name: /^Priority of waits-/ }).selectOption('urgent');
  await page
    .getByText(/waits with priority urgent/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: /^Cancel backup waits-/ }).click();
  await page.getByRole('heading', { level: 1, name: /nothing waits/i }).waitFor();
  expect(await waiting()).toBe(0);
});

test('several schedules are run at once', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/schedules?search=weekly-full' });
  await page.getByRole('checkbox', { name: 'Select weekly-full' }).check();
  await page.getByRole('button', { name: 'Run now' }).click();
  await page
    .getByText(/Start of 1 schedule/)
    .first()
    .waitFor();
  const { items } = await lifeboat().call<{ items: { schedule: string | null }[] }>(
    'GET',
    at('/runs'),
  );
  expect(items.some(({ schedule }) => schedule === 'weekly-full')).toBe(true);
});

test('a slot says how long its run took, what its backup holds and what it added', async () => {
  await lifeboat().call('POST', at('/schedules'), {
    name: 'measured',
    frequency: '@every 1s',
    namespaces: ['payments'],
    acceptWarnings: true,
  });
  await lifeboat().call('PUT', at('/blackouts'), { blackouts: [] });
  const { page } = await browser.open(lifeboat(), { path: '/schedules/measured' });
  const table = page.getByRole('table', { name: 'Slots, newest first' });
  await table
    .getByRole('row', { name: /completed|partial/i })
    .filter({ hasText: /\d m?s\s*[\d.,]+ (KiB|bytes)\s*[\d.,]+ (KiB|bytes)/ })
    .first()
    .waitFor();
  await lifeboat().call('DELETE', at('/schedules/measured'));
  const heads = await table.getByRole('columnheader').allInnerTexts();
  expect(heads).toEqual(expect.arrayContaining(['Took', 'Holds', 'Added']));
});

test('a schedule is run at once, paused with a reason, resumed and deleted', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/schedules/nightly' });
  await page.getByRole('button', { name: 'Run it now' }).click();
  await page
    .getByText(/^Done: Backup nightly-.* (has begun|is complete)/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByLabel('Why it rests').fill('a holiday');
  await page.getByRole('button', { name: 'Pause nightly' }).click();
  await page.getByText('a holiday, by').waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByLabel('to confirm').fill('nightly');
  await page.getByRole('button', { name: 'Delete nightly' }).click();
  await page.getByRole('heading', { level: 1, name: /schedules/ }).waitFor();
  expect(await page.getByRole('link', { name: 'nightly', exact: true }).count()).toBe(0);
});
