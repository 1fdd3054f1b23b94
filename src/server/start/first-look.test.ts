import { expect, test } from 'vitest';
import { databaseUnusable } from '../platform/database/database.errors.ts';
import { testLog } from '../testing/app.ts';
import { lookAtAll } from './first-look.ts';

test('a first look that fails is in the log, stops nothing and keeps no other cluster waiting', async () => {
  const { log, lines } = testLog();
  const asked: string[] = [];
  const all = () => ['one', 'two'].map((id) => ({ row: { id } }));
  const check = async (id: string) => {
    asked.push(id);
    if (id === 'one') throw databaseUnusable('here', new Error('gone'));
  };
  lookAtAll({ all, check }, log);
  await expect.poll(() => lines).toMatchObject([{ fields: { cluster: 'one' } }]);
  expect(asked).toEqual(['one', 'two']);
});
