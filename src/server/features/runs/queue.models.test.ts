import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runKinds } from '#shared/runs/runs.contract.ts';
import { type Queued, turns } from './queue.models.ts';

const run = (
  id: string,
  kind: Queued['kind'],
  cluster = 'a',
  backup: string | null = id,
): Queued => ({
  id,
  cluster,
  kind,
  backup,
});

const starting = (pending: Queued[], running: Queued[] = []) =>
  turns(pending, running).flatMap(({ id, waitsFor }) => (waitsFor === null ? [id] : []));

test.each([
  ['two backups of one cluster', [run('1', 'backup'), run('2', 'backup')], ['1']],
  ['a deletion behind a backup', [run('1', 'backup'), run('2', 'delete')], ['1']],
  ['maintenance behind a backup', [run('1', 'backup'), run('2', 'maintenance')], ['1']],
  ['backups of two clusters', [run('1', 'backup'), run('2', 'backup', 'b')], ['1', '2']],
  ['a restore beside a backup', [run('1', 'backup'), run('2', 'restore')], ['1', '2']],
  ['two restores into one cluster', [run('1', 'restore'), run('2', 'restore')], ['1']],
  ['verifying beside a backup', [run('1', 'backup'), run('2', 'verify')], ['1', '2']],
  [
    'deleting what is being verified',
    [run('1', 'verify', 'a', 'x'), run('2', 'delete', 'a', 'x')],
    ['1'],
  ],
])('of %s exactly these begin', (_, pending, expected) => {
  expect(starting(pending)).toEqual(expected);
});

test('backups that wait in one cluster do not hold up another cluster', () => {
  const many = ['1', '2', '3', '4', '5', '6'].map((id) => run(id, 'backup'));
  expect(starting([...many, run('b', 'backup', 'b')])).toEqual(['1', 'b']);
});

test('what waits says why, without naming anybody else', () => {
  const [, second] = turns([run('secret-name', 'backup'), run('2', 'backup')], []);
  expect(second?.waitsFor).toBe('Another backup of this cluster is ahead of it.');
});

const anyRun = fc.record({
  id: fc.uuid(),
  cluster: fc.constantFrom('a', 'b'),
  kind: fc.constantFrom(...runKinds),
  backup: fc.constantFrom('x', 'y', null),
});

test('whatever is queued, a repository never has two writers, and something always begins', () => {
  fc.assert(
    fc.property(fc.array(anyRun, { minLength: 1, maxLength: 30 }), (pending) => {
      const begun = turns(pending, []).flatMap(({ waitsFor }, at) =>
        waitsFor === null ? [pending[at]] : [],
      );
      expect(begun.length).toBeGreaterThan(0);
      for (const cluster of ['a', 'b']) {
        const writers = begun.filter(
          (one) => one?.cluster === cluster && /backup|delete|maintenance/.test(one.kind),
        );
        expect(writers.length).toBeLessThanOrEqual(1);
      }
    }),
  );
});
