import { beforeAll, expect, inject, test } from 'vitest';
import { launch, settled, withBrowser } from './harness/browser.ts';
import { withSandboxServer } from './harness/lifeboat.ts';

const lifeboat = withSandboxServer();
const browser = withBrowser();
beforeAll(async () => {
  await lifeboat().backUp({ name: 'first' });
});
const heading = { level: 1 } as const;

test.each([
  `/backups?state=%3Cb%3E&order=zzz&search=${'x'.repeat(300)}`,
  '/backups/first?tab=zzz&prefix=../../etc',
  '/restores/new?backup=&namespaces=1&mapping=%7B%22a%22%3A1%7D',
  '/restores/zzz?outcome=%5B%5D',
  '/coverage?state=zzz&subject=1',
  '/?cluster=__proto__',
])('an address that says nonsense breaks no page: %s', async (path) => {
  const { page } = await browser.open(lifeboat(), { path });
  await page.getByRole('main').getByRole('heading', heading).waitFor();
  await settled(page);
  expect(await page.getByText(/broke|went wrong/).count()).toBe(0);
});

test('without JavaScript a sentence says what is missing and what works instead', async () => {
  // Not `javaScriptEnabled: false`: the parser would not know, and leave out what is for this case.
  const without = await launch(inject('chromium'), ['--blink-settings=scriptEnabled=false']);
  try {
    const page = await without.newPage();
    await page.goto(lifeboat().origin);
    const devtools = await page.context().newCDPSession(page);
    const { strings } = await devtools.send('DOMSnapshot.captureSnapshot', { computedStyles: [] });
    expect(strings).toContain('This page needs JavaScript');
    expect(strings.join(' ')).toMatch(/use the command line/);
  } finally {
    await without.close();
  }
});

test('with its storage blocked the page works, and keeps a chosen theme until it is left', async () => {
  const { page } = await browser.open(lifeboat(), {
    path: '/settings/appearance',
    before: async (one) => {
      await one.addInitScript(() => {
        for (const name of ['localStorage', 'sessionStorage'])
          Object.defineProperty(window, name, {
            get: () => {
              throw new DOMException('blocked', 'SecurityError');
            },
          });
      });
    },
  });
  await page.getByText('Dark', { exact: true }).first().click();
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset['mantineColorScheme']))
    .toBe('dark');
});

test('a clock that is wrong by a day makes no backup a day old', async () => {
  const { page } = await browser.open(lifeboat(), {
    path: '/backups',
    before: async (one) => {
      await one.addInitScript(() => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + 86_400_000;
      });
    },
  });
  await page.getByRole('link', { name: 'first' }).waitFor();
  await settled(page);
  expect(await page.getByRole('row', { name: /first/ }).innerText()).not.toMatch(/\d (h|d|day)/);
});

test('offline: the page says since when it is stale, and catches up by itself', async () => {
  const { page, context, watch } = await browser.open(lifeboat(), { path: '/backups' });
  watch.expect(/ERR_INTERNET_DISCONNECTED|net::/);
  await page.getByRole('link', { name: 'first' }).waitFor();
  await context.setOffline(true);
  await page.getByText(/^stale since/).waitFor();
  await lifeboat().backUp({ name: 'meanwhile' });
  await context.setOffline(false);
  await page.getByRole('link', { name: 'meanwhile' }).waitFor();
  await page.getByText('live', { exact: true }).waitFor();
  expect(await page.getByText(/^stale since/).count()).toBe(0);
});

test('a session that ended asks to sign in above the page, and what was typed is still there', async () => {
  const password = await lifeboat().addPerson('tim', [{ role: 'admin' }]);
  const { page, context } = await browser.open(lifeboat(), {
    as: { user: 'tim', password },
    path: '/backups',
  });
  await page.getByRole('button', { name: 'Back up now' }).first().click();
  await page.getByRole('dialog').getByRole('textbox').last().fill('half-typed');
  await context.clearCookies();
  await page.getByRole('dialog').getByRole('button', { name: 'Back up now' }).click();
  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  await again.getByLabel('User').fill('tim');
  await again.getByLabel('Password').fill(password);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await again.waitFor({ state: 'detached' });
  expect(await page.getByRole('dialog').getByRole('textbox').last().inputValue()).toBe(
    'half-typed',
  );
});

test('rights that are taken away while a page is open end the session; signed in again, its acts say why not', async () => {
  const password = await lifeboat().addPerson('ron', [{ role: 'admin' }]);
  const { page } = await browser.open(lifeboat(), {
    as: { user: 'ron', password },
    path: '/backups/first',
  });
  const button = page.getByRole('button', { name: 'Delete', exact: true });
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBeNull();
  await lifeboat().call('PATCH', '/api/users/ron', {
    bindings: [{ role: 'viewer', cluster: '*', namespaces: null, extra: [] }],
  });
  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  await again.getByLabel('User').fill('ron');
  await again.getByLabel('Password').fill(password);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await again.waitFor({ state: 'detached' });
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true');
  expect(await button.getAttribute('title')).toMatch(/\S/);
});

test('after an upgrade a part of the page is missing: it is loaded anew once, then it says so', async () => {
  const { page, watch } = await browser.open(lifeboat(), {
    before: async (one) => {
      await one.route('**/assets/coverage*.js', (route) => route.fulfill({ status: 404 }));
    },
  });
  watch.expect(/404|Failed to load|dynamically imported|MIME|preload/i);
  await page.getByRole('link', { name: 'Coverage' }).click();
  await page.getByRole('heading', { ...heading, name: 'A part of this page is missing' }).waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await page.getByRole('link', { name: 'Backups' }).click();
  await page.getByRole('heading', { ...heading, name: 'Backups' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/backups');
});

test('an answer that no page can draw breaks its own part only, and says that nothing was changed', async () => {
  const { page, watch } = await browser.open(lifeboat(), {
    path: '/backups',
    before: async (one) => {
      await one.route('**/api/**/backups?*', (route) =>
        route.fulfill({
          contentType: 'application/json',
          body: '{"items":[null],"next":null,"total":1,"facets":{"state":[],"type":[],"namespace":[]}}',
        }),
      );
    },
  });
  watch.expect(/console|uncaught/);
  await page
    .getByText(/nothing was changed/)
    .first()
    .waitFor();
  await page.getByRole('link', { name: 'Coverage' }).click();
  await page.getByRole('heading', { ...heading, name: /covered|come back/ }).waitFor();
  expect(await page.getByText(/nothing was changed/).count()).toBe(0);
});

test('a server that takes its time: after two seconds the page says what it waits for', async () => {
  const { page } = await browser.open(lifeboat(), {
    path: '/coverage',
    before: async (one) => {
      await one.route('**/api/**/coverage*', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 3000));
        await route.continue();
      });
    },
  });
  await page.getByText('Waiting for the coverage').waitFor();
  await page.getByRole('table').waitFor();
  expect(await page.getByText('Waiting for the coverage').count()).toBe(0);
});

test('with reduced motion nothing moves, not even what is under way', async () => {
  const { page } = await browser.open(lifeboat(), {
    path: '/backups',
    reducedMotion: 'reduce',
    before: async (one) => {
      await one.route('**/api/**/backups?*', () => undefined);
    },
  });
  await page.locator('[aria-busy="true"]').first().waitFor();
  const moving = await page.evaluate(
    () =>
      document
        .getAnimations()
        .filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 1).length,
  );
  expect(moving).toBe(0);
});

test('a burst of 1,000 events: at most three toasts, and the page still answers', async () => {
  const { cluster, call } = lifeboat();
  const { items } = await call<{ items: object[] }>('GET', `/api/clusters/${cluster}/runs?limit=1`);
  const events = Array.from({ length: 1000 }, (_, at) => {
    const id = `0190b7f0-0000-7000-8000-${String(at % 250).padStart(12, '0')}`;
    const state = at < 750 ? 'running' : 'completed';
    const run = { ...items[0], id, state };
    return `id: burst-${at}\ndata: ${JSON.stringify({ type: 'run', cluster, run })}\n\n`;
  });
  const { page, watch } = await browser.open(lifeboat(), { path: '/backups' });
  watch.expect(/ERR_CONNECTION|net::/);
  await page.getByRole('link', { name: 'first' }).waitFor();
  await settled(page);
  let served = 0;
  await page.route('**/api/live', (route) => {
    served += 1;
    return served === 1
      ? route.fulfill({ contentType: 'text/event-stream', body: events.join('') })
      : route.continue();
  });
  await lifeboat().kill();
  await lifeboat().revive();
  await expect.poll(() => served, { timeout: 20_000 }).toBeGreaterThan(1);
  await page.getByText('live', { exact: true }).waitFor();
  const toasts = page
    .getByRole('region', { name: 'What you did' })
    .getByRole('button', { name: /^Dismiss/ });
  expect(await toasts.count()).toBeLessThanOrEqual(3);
  // How long its tasks take is measured by the bench (W4 burst), where nothing else runs.
  await page.getByRole('link', { name: 'Coverage' }).click();
  await page.getByRole('heading', { ...heading, name: /covered|come back/ }).waitFor();
});
