import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { NewRun, Reach } from '../../platform/runs.types.ts';
import { eachDatabase } from '../../testing/databases.ts';
import { createClaimsRepository } from './runs.claims.repository.ts';
import { nothingDone } from './runs.models.ts';
import { createRunsRepository } from './runs.repository.ts';

const newRun = (namespaces: Reach): NewRun => ({
  cluster: 'a',
  kind: 'backup',
  backup: 'b',
  plan: null,
  namespaces,
  spec: {},
  createdBy: 'ada',
});

eachDatabase('the table of runs', (use) => {
  test('a person bound to namespaces sees only runs all of whose namespaces are theirs', async () => {
    const runs = createRunsRepository(use().db);
    const given: [string, Reach][] = [
      ['mine', ['shop']],
      ['both', ['shop', 'pay']],
      ['alike', ['shop-a']],
      ['hers', ['pay']],
      ['none', []],
      ['whole', 'all'],
    ];
    for (const [name, namespaces] of given)
      await runs.insert({ ...newRun(namespaces), backup: name }, { id: randomUUID(), now: 1 });
    const seen = async (reach: Reach) => {
      const { items } = await runs.list({ cluster: 'a' }, reach, { limit: 10 });
      return items.map(({ backup }) => String(backup)).toSorted();
    };
    expect(await seen(['shop'])).toEqual(['mine']);
    expect(await seen(['shop', 'pay'])).toEqual(['both', 'hers', 'mine']);
    expect(await seen([])).toEqual([]);
    expect(await seen('all')).toHaveLength(6);
  });

  test('pages follow each other without gap or repetition, runs of one instant included', async () => {
    const runs = createRunsRepository(use().db);
    for (let at = 0; at < 25; at++)
      await runs.insert(newRun('all'), { id: randomUUID(), now: Math.floor(at / 5) });
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await runs.list({ cluster: 'a' }, 'all', { limit: 4, cursor });
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect([seen.length, new Set(seen).size]).toEqual([25, 25]);
  });

  test('of many that claim a run at once exactly one has it', async () => {
    const [runs, claims] = [createRunsRepository(use().db), createClaimsRepository(use().db)];
    const id = randomUUID();
    await runs.insert(newRun('all'), { id, now: 1 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => claims.claim(id, 2)));
    expect(answers.filter((one) => one !== undefined)).toHaveLength(1);
  });

  test('an older holder can neither report nor finish', async () => {
    const [runs, claims] = [createRunsRepository(use().db), createClaimsRepository(use().db)];
    const id = randomUUID();
    await runs.insert(newRun('all'), { id, now: 1 });
    const older = await claims.claim(id, 2);
    await claims.requeue(id);
    await claims.claim(id, 3);
    if (!older) throw new Error('not claimed');
    await expect(claims.report(older, nothingDone, [])).rejects.toThrow(/taken over/);
    const end = { state: 'completed', at: 4, problem: null, result: null } as const;
    await expect(claims.finish(older, end)).rejects.toThrow(/taken over/);
    expect((await runs.find(id))?.run.state).toBe('running');
  });

  test('ten thousand log lines of one moment are all written', async () => {
    const [runs, claims] = [createRunsRepository(use().db), createClaimsRepository(use().db)];
    const id = randomUUID();
    await runs.insert(newRun('all'), { id, now: 1 });
    const claim = await claims.claim(id, 2);
    if (!claim) throw new Error('not claimed');
    const lines = Array.from({ length: 10_000 }, (_, at) => ({
      seq: at + 1,
      at: 3,
      level: 'info' as const,
      message: `line ${at + 1}`,
    }));
    await claims.report(claim, nothingDone, lines);
    expect(await runs.nextSeq(id)).toBe(10_001);
    const { items } = await runs.log(id, { limit: 20_000 });
    expect(items.map(({ message }) => message)).toEqual(lines.map(({ message }) => message));
  });

  test('what belongs to an end is written with it or not at all', async () => {
    const [runs, claims] = [createRunsRepository(use().db), createClaimsRepository(use().db)];
    const id = randomUUID();
    await runs.insert(newRun('all'), { id, now: 1 });
    const claim = await claims.claim(id, 2);
    if (!claim) throw new Error('not claimed');
    const end = { state: 'completed', at: 4, problem: null, result: null } as const;
    const act = claims.finish(claim, end, () => Promise.reject(new Error('disk full')));
    await expect(act).rejects.toThrow('disk full');
    expect((await runs.find(id))?.run.state).toBe('running');
  });
});
