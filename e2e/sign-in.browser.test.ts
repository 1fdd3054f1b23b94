import { expect, test } from 'vitest';
import { withBrowser } from './harness/browser.ts';
import { withSandboxServer } from './harness/lifeboat.ts';

const lifeboat = withSandboxServer();
const browser = withBrowser();

test('the printed link signs in once, and its token stays in no address', async () => {
  const link = await lifeboat().link();
  const { page, watch } = await browser.open(lifeboat(), { as: null, path: link });
  watch.keepSecret(new URL(link).hash.split('=')[1] ?? '');
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Sign in' }).waitFor();
  expect(page.url()).toBe(`${lifeboat().origin}/`);

  const again = await browser.open(lifeboat(), { as: null, path: link });
  await again.page.getByText('This sign-in link is used up').waitFor();
});
