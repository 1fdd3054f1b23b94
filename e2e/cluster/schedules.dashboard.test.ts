import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Slot } from '#shared/schedules/schedule.contract.ts';
import { withBrowser } from '../harness/browser.ts';
import { withClusterServer } from '../harness/on-cluster.ts';
import { plantMany } from './estate.ts';

const lifeboat = withClusterServer();
const browser = withBrowser();
const minute = 60_000;
/** `MINUTES=10` for the long one. The third is the blackout, the server dies in the second. */
const minutes = Number(process.env['MINUTES'] ?? 4);

const at = (path: string) => `/api/clusters/${lifeboat().cluster}${path}`;
const until = (instant: number) => sleep(Math.max(0, instant - Date.now()));
const clock = (instant: number) => new Date(instant).toISOString().slice(11, 16);
const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const names = ['alone', 'pair-one', 'pair-two'];

const slotsOf = async (name: string): Promise<Slot[]> =>
  (
    await lifeboat().call<{ items: Slot[] }>('GET', at(`/schedules/${name}/slots`))
  ).items.toReversed();

type Queue = { waiting: { run: { id: string; schedule: string | null; reason: string | null } }[] };

/** From the database itself: what became of each slot, and how many runs there are for it. */
function storedSlots(): { schedule: string; at: number; state: string; runs: number }[] {
  const db = new Database(join(lifeboat().data, 'lifeboat.db'), { readonly: true });
  const rows = db
    .prepare(
      `select schedule, at, state, (select count(*) from run
         where run.schedule = slot.schedule and run.slot_at = slot.at) as runs from slot order by at`,
    )
    .all() as ReturnType<typeof storedSlots>;
  db.close();
  return rows;
}

test(
  'every minute a slot, once each, through a kill, a blackout and a run that became urgent',
  async () => {
    const { call, direct } = lifeboat();
    await plantMany(direct, 'pair', 50);
    const first = Math.ceil((Date.now() + 5000) / minute) * minute;
    const create = (name: string, more: object) =>
      call('POST', at('/schedules'), {
        name,
        frequency: '* * * * *',
        acceptWarnings: true,
        ...more,
      });
    await create('alone', { namespaces: ['default'] });
    await create('pair-one', { namespaces: ['pair'] });
    await create('pair-two', { namespaces: ['pair'], type: 'full' });
    const [blackFrom, blackUntil] = [first + 2 * minute, first + 3 * minute];
    const blackout = {
      days: week,
      from: clock(blackFrom),
      to: clock(blackUntil),
      reason: 'a release',
    };
    await call('PUT', at('/blackouts'), { blackouts: [blackout] });

    await until(first + minute - 4000);
    await lifeboat().kill();
    await until(first + minute + 4000);
    await lifeboat().revive();

    await until(blackFrom + 8000);
    const { page } = await browser.open(lifeboat(), { path: '/queue' });
    await page
      .getByText(/^Nothing scheduled begins before .*: a release$/)
      .first()
      .waitFor();
    const queue = await call<Queue>('GET', at('/queue'));
    expect(new Set(queue.waiting.map(({ run }) => run.schedule))).toEqual(new Set(names));
    await page.getByRole('combobox', { name: /^Priority of pair-two-/ }).selectOption('urgent');
    await page
      .getByText(/waits with priority urgent/)
      .first()
      .waitFor();
    const [next] = (await call<Queue>('GET', at('/queue'))).waiting;
    expect(next?.run.schedule).toBe('pair-two');
    await page.screenshot({ path: join(process.cwd(), 'node_modules/.cache/e2e/queue.png') });

    await until(first + (minutes - 1) * minute + 30_000);
    const black = storedSlots().filter((slot) => slot.at === blackFrom);
    expect(black.map(({ state, runs }) => [state, runs])).toEqual([
      ['fired', 1],
      ['fired', 1],
      ['fired', 1],
    ]);
    const begun = await Promise.all(
      names.map(async (name) => {
        const slot = (await slotsOf(name)).find((one) => Date.parse(one.at) === blackFrom);
        return { name, at: Date.parse(slot?.run?.startedAt ?? '') };
      }),
    );
    expect(begun.every((one) => one.at >= blackUntil)).toBe(true);
    expect(begun.toSorted((a, b) => a.at - b.at)[0]?.name).toBe('pair-two');

    for (const name of names) {
      const slots = await slotsOf(name);
      const due = Array.from({ length: slots.length }, (_, n) => first + n * minute);
      expect(slots.map((slot) => Date.parse(slot.at))).toEqual(due);
      expect(slots.length).toBeGreaterThanOrEqual(minutes);
    }
    const stored = storedSlots();
    const unexpected = stored.filter(({ state, runs }) => runs !== (state === 'fired' ? 1 : 0));
    expect(unexpected).toEqual([]);
    expect(await overlapping()).toEqual([]);

    await page.goto('/schedules/pair-two');
    await page.getByRole('table', { name: 'Slots, newest first' }).waitFor();
    const shown = await page.getByRole('table').getByText('On time').count();
    expect(shown).toBe(
      stored.filter((s) => s.schedule === 'pair-two' && s.state === 'fired').length,
    );
    await page.screenshot({ path: join(process.cwd(), 'node_modules/.cache/e2e/slots.png') });
  },
  (minutes + 3) * minute,
);

/** Two backups of the cluster that went on at the same time: there must be none. */
async function overlapping(): Promise<string[]> {
  const all = (await Promise.all(names.map((name) => slotsOf(name)))).flat();
  const spans = all
    .flatMap(({ run }) =>
      run?.startedAt && run.finishedAt ? [{ from: run.startedAt, until: run.finishedAt }] : [],
    )
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return spans.flatMap(({ from }, n) => {
    const before = spans[n - 1];
    return before && before.until > from ? [`${before.until} > ${from}`] : [];
  });
}
