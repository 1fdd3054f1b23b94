import { expect, test } from 'vitest';
import type { Run } from '#shared/runs/runs.contract.ts';
import { asSeen, isVisible, mayReadLog, nothingDone } from './runs.models.ts';

const run: Run = {
  id: '01a20b55-f6a1-708a-a7ef-6f9108d311b8',
  cluster: 'prod',
  kind: 'backup',
  state: 'completed',
  reason: null,
  backup: 'nightly',
  plan: null,
  priority: 'high',
  schedule: null,
  slot: null,
  createdBy: 'ann',
  createdAt: '2026-11-24T00:00:00.000Z',
  startedAt: '2026-11-24T00:00:00.000Z',
  finishedAt: '2026-11-24T00:00:01.000Z',
  progress: {
    doing: 'Done.',
    items: { done: 173, total: 173 },
    bytes: { done: 9000, total: null },
  },
  problem: null,
  result: { objects: 173 },
};

test('a run is seen by who may see every namespace that it concerns', () => {
  expect(isVisible(['shop'], 'all')).toBe(true);
  expect(isVisible(['shop'], ['pay', 'shop'])).toBe(true);
  expect(isVisible(['shop', 'pay'], ['shop'])).toBe(false);
  expect(isVisible('all', ['shop'])).toBe(false);
  expect(isVisible([], ['shop'])).toBe(false);
});

test('who may see the whole cluster sees the counts of its runs', () => {
  expect(asSeen(run, 'all')).toEqual(run);
});

test('who is bound to namespaces sees no counts of a backup, which holds objects of the cluster, too', () => {
  expect(asSeen(run, ['shop'])).toEqual({
    ...run,
    progress: { ...nothingDone, doing: 'Done.' },
    result: null,
  });
});

test('the counts of a restore are for everybody who may see it: it touched nothing else', () => {
  const restore: Run = { ...run, kind: 'restore' };
  expect(asSeen(restore, ['shop'])).toEqual(restore);
});

test('logs that name any object of a backup are for who may see the whole cluster', () => {
  const readable = (kind: Run['kind'], reach: 'all' | string[]) =>
    mayReadLog({ ...run, kind }, reach);
  expect([readable('verify', ['shop']), readable('export', ['shop'])]).toEqual([false, false]);
  expect([readable('verify', 'all'), readable('backup', ['shop'])]).toEqual([true, true]);
});
