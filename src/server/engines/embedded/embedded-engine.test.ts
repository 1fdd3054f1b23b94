import { afterEach, beforeEach, expect, test } from 'vitest';
import { all, contextOf, fill, type Lab, object, openLab, problemOf } from './testing/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
  fill(lab);
});
afterEach(() => lab.close());

const everything = (backup: string) =>
  all(lab.engine.objects({ cluster: 'test', backup, wants: () => true }));

test('a backup holds every object as it was sent, with its type in front', async () => {
  lab.api.put(
    'configmaps',
    'shop/big',
    '{"metadata":{"name":"big","namespace":"shop"},"n":9007199254740993}',
  );
  const { manifest } = await lab.backup({ name: 'first' });
  expect(manifest).toMatchObject({
    id: 'first',
    state: 'completed',
    objects: 11,
    namespaces: null,
  });
  const found = await everything('first');
  expect(found).toHaveLength(11);
  const big = await lab.engine.readObject({
    cluster: 'test',
    backup: 'first',
    path: 'resources/configmaps/namespaces/shop/big.json',
  });
  expect(big?.json.toString()).toBe(
    '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"big","namespace":"shop"},"n":9007199254740993}',
  );
});
