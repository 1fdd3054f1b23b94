import type { Browser, Page } from 'playwright-core';
import { launch, openIn } from '../../e2e/harness/browser.ts';
import { findChromium } from '../../e2e/harness/chromium.ts';
import { type OnSandbox, startOnSandbox } from '../../e2e/harness/lifeboat.ts';
import type { Run } from '../../src/shared/runs/runs.contract.ts';
import { startStreamProxy, type StreamProxy } from './stream-proxy.ts';

export type House = {
  browser: Browser;
  lifeboat: OnSandbox;
  proxy: StreamProxy;
  /** A page in a new profile, signed in; its live stream comes from the proxy. */
  open: (path: string, before?: (page: Page) => Promise<void>) => Promise<Page>;
  end: () => Promise<void>;
};

/** The built server on the sandbox with one backup, a browser, and the stream in the bench's hands. */
export async function openHouse(): Promise<House> {
  const lifeboat = await startOnSandbox();
  await lifeboat.backUp({ name: 'first' });
  const proxy = await startStreamProxy(lifeboat.origin);
  const browser = await launch(findChromium());
  return {
    browser,
    lifeboat,
    proxy,
    open: async (path, before) => {
      const at = { ...lifeboat, origin: proxy.origin };
      const { page } = await openIn(browser, at, { path, ...(before && { before }) });
      return page;
    },
    end: async () => {
      await browser.close();
      await proxy.end();
      await lifeboat.end();
    },
  };
}

/** A run under way as the stream tells it. `done`: of a hundred. */
export const runningRun = (cluster: string, { at, done }: { at: number; done: number }): Run => ({
  id: `0190b7f0-0000-7000-8000-${String(at).padStart(12, '0')}`,
  cluster,
  kind: 'backup',
  state: 'running',
  reason: null,
  backup: `bench-${at}`,
  plan: null,
  priority: 'high',
  schedule: null,
  slot: null,
  createdBy: 'bench',
  createdAt: '2026-11-24T02:00:00.000Z',
  startedAt: '2026-11-24T02:00:00.000Z',
  finishedAt: null,
  progress: {
    doing: 'Reading pods.',
    items: { done, total: 100 },
    bytes: { done: done * 1024, total: null },
  },
  problem: null,
  result: null,
});

/** The list of running runs answers with these, so that the stream has something to change. */
export const withRunning = (runs: readonly Run[]) => async (page: Page) => {
  await page.route('**/runs?*state=running*', (route) =>
    route.fulfill({ json: { items: runs, next: null } }),
  );
};

export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
