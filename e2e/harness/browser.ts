import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { Lifeboat } from './lifeboat.ts';
import './provided.ts';
import { type Watch, watchContext } from './watch.ts';

export type Opening = {
  /** Path with query; default `/`. */
  path?: string;
  /** An account that exists; default: the local administrator. Null: nobody signs in. */
  as?: { user: string; password: string } | null;
  /** Before the first request: routes, init scripts, a clock. */
  before?: (page: Page) => Promise<void>;
  width?: number;
  height?: number;
} & Pick<
  BrowserContextOptions,
  'colorScheme' | 'forcedColors' | 'reducedMotion' | 'javaScriptEnabled' | 'hasTouch'
>;

export type Opened = { page: Page; context: BrowserContext; watch: Watch };

const pictures = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'e2e');

/** Debian's Chromium refuses its own sandbox to root; throttled timers would measure nothing. */
export const launch = (program: string, more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: program,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      '--disable-backgrounding-occluded-windows',
      ...more,
    ],
  });

/** A new, empty profile on a server, signed in, on a page that has drawn itself. */
export async function openIn(
  browser: Browser,
  lifeboat: Lifeboat,
  { path = '/', as, before, width = 1280, height = 900, ...given }: Opening = {},
): Promise<Opened> {
  const context = await browser.newContext({
    baseURL: lifeboat.origin,
    viewport: { width, height },
    serviceWorkers: 'block',
    ...given,
  });
  const watch = await watchContext(context, lifeboat.origin);
  if (as !== null) await signIn(context, { lifeboat, watch, as });
  const page = await context.newPage();
  await before?.(page);
  await page.goto(path);
  return { page, context, watch };
}

type SignIn = { lifeboat: Lifeboat; watch: Watch; as: Opening['as'] };

async function signIn(context: BrowserContext, { lifeboat, watch, as }: SignIn): Promise<void> {
  const link = as ? '' : (new URL(await lifeboat.link()).hash.split('=')[1] ?? '');
  const answer = await context.request.post('/api/session', { data: as ?? { link } });
  if (!answer.ok()) throw new Error(`signing in answered ${answer.status()}`);
  if (as) watch.keepSecret(as.password);
  else watch.keepSecret(link);
  for (const { value } of await context.cookies()) watch.keepSecret(value);
}

/** Nothing on the page waits for an answer any more. */
export const settled = (page: Page) =>
  page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);

/** One browser for the tests of a file; after each of them nothing may have gone wrong on any page. */
export function withBrowser() {
  let browser: Browser | undefined;
  const opened: Opened[] = [];
  beforeAll(async () => {
    browser = await launch(inject('chromium'));
  });
  afterEach(async ({ task }) => {
    const found = opened.splice(0);
    if (task.result?.state === 'fail') await takePictures(found, task.id);
    const complaints: string[] = [];
    for (const { context, watch } of found) {
      await watch.look(context.pages());
      complaints.push(...watch.complaints());
      await context.close();
    }
    expect(complaints).toEqual([]);
  });
  afterAll(() => browser?.close());
  return {
    open: async (lifeboat: Lifeboat, opening: Opening = {}): Promise<Opened> => {
      if (!browser) throw new Error('The browser is not started yet.');
      const one = await openIn(browser, lifeboat, opening);
      opened.push(one);
      return one;
    },
  };
}

async function takePictures(found: readonly Opened[], id: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  for (const [at, page] of found.flatMap(({ context }) => context.pages()).entries())
    await page.screenshot({ path: join(pictures, `${id}-${at}.png`), fullPage: true });
}
