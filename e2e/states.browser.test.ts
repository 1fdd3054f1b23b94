import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { axeEverywhere, widthAtMostZoom } from './harness/axe.ts';
import { type Opening, settled, withBrowser } from './harness/browser.ts';
import { withSandboxServer } from './harness/lifeboat.ts';

const lifeboat = withSandboxServer();
const browser = withBrowser();
beforeAll(async () => {
  await lifeboat().backUp({ name: 'first' });
  await lifeboat().addPerson('wilma', [{ role: 'viewer' }]);
});

type State = Opening & {
  name: string;
  /** Brings the page into it, and waits until it is there. */
  reach: (page: Page) => Promise<void>;
  /** What the console says of it. */
  says?: RegExp;
  /** Where axe looks; default: everywhere. What lies under an open panel is covered in part. */
  within?: string;
};

const answer = (part: string, status: number) => async (page: Page) => {
  const problem = {
    type: 'about:blank',
    code: 'x.y',
    status,
    title: 'It is closed.',
    detail: 'Nothing was changed.',
  };
  await page.route(`**/api/**/${part}*`, (route) =>
    route.fulfill({
      status,
      contentType: 'application/problem+json',
      body: JSON.stringify(problem),
    }),
  );
};
const see = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const wilma = { user: 'wilma', password: 'long enough for wilma' };

const states: readonly State[] = [
  { name: 'signed out', as: null, reach: (page) => see(page, 'Or with an account') },
  {
    name: 'not found',
    path: '/nowhere',
    says: /404/,
    reach: (page) => page.getByRole('main').getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'a backup that is not there',
    path: '/backups/none',
    reach: (page) => page.getByRole('main').getByRole('alert').waitFor(),
  },
  {
    name: 'nothing matches',
    path: '/backups?search=zzz',
    reach: (page) => see(page, 'No backup matches'),
  },
  {
    name: 'nothing was restored yet',
    path: '/restores',
    reach: (page) => see(page, 'Nothing has been restored here yet'),
  },
  {
    name: 'failed',
    path: '/coverage',
    before: answer('coverage', 500),
    says: /500/,
    reach: (page) => see(page, 'It is closed.'),
  },
  {
    name: 'forbidden',
    path: '/activity',
    as: wilma,
    reach: (page) => see(page, /You may not see this|needs the right/),
  },
  {
    name: 'loading',
    path: '/backups',
    before: async (page) => {
      await page.route('**/api/**/backups?*', () => undefined);
    },
    reach: (page) => see(page, 'Waiting for the backups'),
  },
  {
    name: 'not allowed',
    path: '/backups/first',
    as: wilma,
    reach: (page) => see(page, /objects of the whole cluster/),
  },
  {
    name: 'asking what to back up',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Back up now' }).first().click();
      await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
    },
  },
  {
    name: 'asking before it deletes',
    path: '/backups/first',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('dialog').getByRole('textbox').waitFor();
    },
  },
  {
    name: 'asking where to export to',
    path: '/backups/first',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    },
  },
  {
    name: 'several chosen',
    path: '/backups',
    reach: async (page) => {
      await page.getByRole('checkbox', { name: 'Select first' }).check();
      await see(page, '1 backup chosen');
    },
  },
  {
    name: 'an act refused',
    path: '/backups/first',
    before: answer('verify', 409),
    reach: async (page) => {
      await page.getByRole('button', { name: 'Verify', exact: true }).click();
      await see(page, 'It is closed.');
    },
  },
  {
    name: 'a plan with a difference',
    path: '/restores/new?backup=first&namespaces=%5B%22shop%22%5D&mapping=%7B%22shop%22%3A%22shop-2%22%7D',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Show the plan' }).click();
      await page
        .getByRole('button', { name: /in shop-2$/ })
        .first()
        .click();
      await page.getByRole('region', { name: 'What would change' }).waitFor();
    },
  },
  {
    name: 'the panel of the person',
    within: 'header:has([aria-expanded="true"])',
    reach: async (page) => {
      await page.getByRole('button', { name: 'local' }).click();
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
    },
  },
];

test.each(states)(
  '$name: axe finds nothing in any colours, wide and narrow',
  async ({ reach, says, within, ...opening }) => {
    const { page, watch } = await browser.open(lifeboat(), opening);
    if (says) watch.expect(says);
    await reach(page);
    if (opening.path !== '/backups' || opening.before === undefined) await settled(page);
    const findings = await axeEverywhere(page, within);
    expect({ findings, wide: await widthAtMostZoom(page) }).toEqual({ findings: [], wide: 320 });
  },
);

test('a dialog stands over the middle of the page, which is dimmed and cannot be pressed', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/backups/first' });
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').waitFor();
  await page.waitForFunction(() => document.getAnimations().length === 0);
  const box = await dialog.boundingBox();
  expect(box?.width).toBe(460);
  expect((box?.x ?? 0) + (box?.width ?? 0) / 2).toBeCloseTo(640, -1);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(900);
  // Beside the dialog lies the half-transparent cover, and nothing else is painted there.
  const beside = await page.evaluate(() =>
    document.elementsFromPoint(300, 30).map((one) => getComputedStyle(one).backgroundColor),
  );
  const opaque = beside.findIndex((colour) => colour.startsWith('rgb('));
  expect(beside.slice(0, opaque).filter((colour) => colour !== 'rgba(0, 0, 0, 0)')).toEqual([
    expect.stringMatching(/^rgba\(10, 16, 24, 0\.4\d*\)$/),
  ]);
});

test('the focus goes into a dialog, stays there, and comes back to what opened it', async () => {
  const { page } = await browser.open(lifeboat(), { path: '/backups/first' });
  const opener = page.getByRole('button', { name: 'Delete', exact: true });
  await opener.click();
  await page.getByRole('dialog').getByRole('textbox').waitFor();
  for (let stops = 0; stops < 8; stops += 1) {
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null),
    ).toBe(true);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => opener.evaluate((one) => one === document.activeElement)).toBe(true);
});

test('after a navigation the focus stands on the heading, and the first press of Tab offers to skip the rail', async () => {
  const { page } = await browser.open(lifeboat());
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/skip/i);
  await page.getByRole('link', { name: 'Backups' }).click();
  await page.getByRole('heading', { level: 1, name: 'Backups' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Backups');
});
