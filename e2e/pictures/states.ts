import type { Page } from 'playwright-core';
import type { Opening } from '../harness/browser.ts';

/** A way to see pages: how they are opened, and what is done before the picture. */
export type State = {
  name: string;
  routes: readonly string[];
  opening?: Opening;
  /** Default: once nothing on the page waits any more. */
  reach?: (page: Page) => Promise<void>;
};

export const routes = [
  '/',
  '/backups',
  '/backups/nightly-3',
  '/backups/nightly-3?tab=compare&to=nightly-1',
  '/backups/nightly-3?tab=activity',
  '/restores',
  '/restores/new?backup=nightly-3',
  '/schedules',
  '/schedules?view=timeline',
  '/schedules?view=week',
  '/schedules?view=calendar',
  '/schedules/new',
  '/schedules/nightly/edit',
  '/schedules/often',
  '/queue',
  '/coverage',
  '/activity',
  '/settings/clusters',
  '/settings/people',
  '/settings/tokens',
  '/settings/appearance',
  '/settings/health',
] as const;

type Answer = { items: Record<string, unknown>[] } & Record<string, unknown>;

/** The answers of these paths, changed on their way: made up, and only for pictures. */
const changed = (path: string, change: (answer: Answer) => object) => async (page: Page) => {
  await page.route(path, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: change((await response.json()) as Answer) });
  });
};

const longName = `${'very-long-name-'.repeat(4)}3`;
const backups = '**/api/clusters/*/backups?*';
const runs = '**/api/clusters/*/restores?*';
const schedules = '**/api/clusters/*/schedules?*';
const copies = (items: Answer['items'], many: number, change: (at: number) => object) =>
  Array.from({ length: many }, (_, at) => ({ ...items[at % items.length], ...change(at) }));

const refused = (status: number) => async (page: Page) => {
  const body = JSON.stringify({
    type: 'about:blank',
    code: 'x.y',
    status,
    title: status === 403 ? 'You may not see this.' : 'The database does not answer.',
    detail: status === 403 ? 'This needs the right backups:read.' : 'Nothing was changed.',
  });
  await page.route(
    /\/api\/clusters\/[^/]+\/(overview|backups|coverage|restores|schedules)/,
    (route) => route.fulfill({ status, contentType: 'application/problem+json', body }),
  );
};

const lists = ['/', '/backups', '/restores', '/schedules', '/coverage'] as const;

/** `first run` is taken before there is a backup, the others after. */
export const firstRun: State = { name: 'first run', routes: [...lists, '/restores/new'] };
export const states: readonly State[] = [
  { name: 'normal', routes },
  {
    name: '1,000 rows',
    routes: ['/backups'],
    opening: {
      before: changed(backups, (answer) => ({
        ...answer,
        total: 1000,
        items: copies(answer.items, 1000, (at) => ({ id: `nightly-${1000 - at}` })),
      })),
    },
  },
  {
    name: '1,000 rows',
    routes: ['/schedules'],
    opening: {
      before: changed(schedules, (answer) => ({
        ...answer,
        total: 1000,
        items: copies(answer.items, 1000, (at) => ({ name: `nightly-${1000 - at}` })),
      })),
    },
  },
  {
    name: 'long names',
    routes: ['/schedules'],
    opening: {
      before: changed(schedules, (answer) => ({
        ...answer,
        items: copies(answer.items, 6, (at) => ({ name: `${longName}${at}`.slice(-45) })),
      })),
    },
  },
  {
    name: 'everything failed',
    routes: ['/schedules'],
    opening: {
      before: changed(schedules, (answer) => ({
        ...answer,
        items: copies(answer.items, 4, (at) => ({
          state: (['missed', 'stuck', 'late', 'failed'] as const)[at],
          name: `payments-${at}`,
          sentence: 'The slot of 2026-11-24 02:00:00Z did not happen.',
        })),
        states: ['missed', 'stuck', 'late', 'failed'].map((value) => ({ value, schedules: 1 })),
      })),
    },
  },
  {
    name: 'conflict',
    routes: ['/schedules/new?from=nightly'],
    reach: async (page) => {
      await page.getByRole('button', { name: 'Merge: let nightly rest' }).waitFor();
    },
  },
  {
    name: 'long names',
    routes: ['/backups'],
    opening: {
      before: changed(backups, (answer) => ({
        ...answer,
        items: copies(answer.items, 6, (at) => ({
          id: `${longName}${at}`,
          namespaces: [longName],
        })),
      })),
    },
  },
  {
    name: 'everything failed',
    routes: ['/backups', '/restores'],
    opening: {
      before: async (page) => {
        const change = (answer: Answer) => ({
          ...answer,
          items: copies(answer.items, 6, (at) => ({ state: 'damaged', id: `nightly-${at}` })),
        });
        await changed(backups, change)(page);
        await changed(runs, (answer) => ({
          ...answer,
          items: copies(answer.items, 6, () => ({ state: 'failed', result: null })),
        }))(page);
      },
    },
  },
  {
    name: 'disconnected',
    routes: lists,
    reach: async (page) => {
      await page.context().setOffline(true);
      await page.getByText(/^stale since/).waitFor();
    },
  },
  { name: 'broken', routes: lists, opening: { before: refused(503) } },
  { name: 'forbidden', routes: lists, opening: { before: refused(403) } },
  {
    name: 'asking',
    routes: ['/backups/nightly-3'],
    reach: async (page) => {
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('dialog').getByRole('textbox').waitFor();
    },
  },
  {
    name: 'backing up',
    routes: ['/'],
    reach: async (page) => {
      await page.getByRole('button', { name: 'Back up now' }).first().click();
      await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
    },
  },
  {
    name: 'palette',
    routes: ['/'],
    reach: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('listbox', { name: 'Found' }).waitFor();
    },
  },
  {
    name: 'plan',
    routes: ['/restores/new?backup=nightly-3&namespaces=%5B%22shop%22%5D&conflictPolicy=update'],
    reach: async (page) => {
      await page.getByRole('button', { name: 'Show the plan' }).click();
      await page
        .getByRole('button', { name: /in shop$/ })
        .first()
        .click();
      await page.getByRole('region', { name: 'What would change' }).waitFor();
    },
  },
];

/** Taken last: while a blackout lasts, and runs wait. */
export const waiting: State = { name: 'waiting', routes: ['/', '/queue', '/schedules'] };
