import { expect, test } from 'vitest';
import { eachDatabase } from '../../testing/databases.ts';
import { createIdempotency } from './idempotency.ts';

const call = (key: string) => ({ actor: 'ada', key, request: { path: '/x' }, shownOnce: false });
const answer = (body: unknown) => ({ status: 202, body, replayed: false });
const day = 86_400_000;

eachDatabase('Idempotency keys', (database) => {
  let now = 1_000_000;
  const fresh = () =>
    createIdempotency({
      db: database().db,
      clock: () => Temporal.Instant.fromEpochMilliseconds(now),
    });

  test('of many at once exactly one acts', async () => {
    const keys = fresh();
    let acts = 0;
    const act = async () => answer((acts += 1));
    const calls = Array.from({ length: 50 }, () => keys.once(call('k'), act));
    const settled = await Promise.allSettled(calls);
    expect(acts).toBe(1);
    const answered = settled.filter(({ status }) => status === 'fulfilled');
    expect(answered.length).toBeGreaterThan(0);
  });

  test('an answer is given again for a day, then the key is free', async () => {
    const keys = fresh();
    await keys.once(call('k'), async () => answer({ run: 'one' }));
    now += day;
    const again = await keys.once(call('k'), async () => answer({ run: 'two' }));
    expect(again).toEqual({ status: 202, body: { run: 'one' }, replayed: true });
    now += 1;
    const later = await keys.once(call('k'), async () => answer({ run: 'three' }));
    expect(later.body).toEqual({ run: 'three' });
  });

  test('two people may use the same key', async () => {
    const keys = fresh();
    await keys.once(call('k'), async () => answer('ada’s'));
    const bobs = await keys.once({ ...call('k'), actor: 'bob' }, async () => answer('bob’s'));
    expect(bobs.body).toBe('bob’s');
  });

  test('what a process that died was working on does not act again, and says why', async () => {
    const dying = fresh();
    void dying.once(call('k'), () => new Promise(() => {}));
    await expect
      .poll(() => database().db.selectFrom('idempotency').selectAll().execute())
      .toHaveLength(1);
    const next = fresh();
    await next.settleAbandoned();
    await expect(next.once(call('k'), async () => answer('twice'))).rejects.toMatchObject({
      problem: { status: 409, code: 'request.outcome_unknown' },
    });
  });
});
