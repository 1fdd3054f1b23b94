import { expect, test } from 'vitest';
import { scheduleSpec } from '#shared/schedules/schedule.contract.ts';
import { takesAllOf } from './takes-all.models.ts';

const spec = (over: object) => scheduleSpec.parse({ frequency: '@daily', ...over });
const shop = { namespaces: ['shop'] };
const both = { namespaces: ['shop', 'pay'] };

test.each([
  ['the same namespaces', shop, shop, true],
  ['more namespaces', both, shop, true],
  ['fewer namespaces', shop, both, false],
  ['the whole cluster instead of one', {}, shop, true],
  ['one instead of the whole cluster', shop, {}, false],
  ['the whole cluster but for what the other takes', { excludedNamespaces: ['shop'] }, shop, false],
  [
    'the whole cluster but for what the other leaves out, too',
    { excludedNamespaces: ['web'] },
    { excludedNamespaces: ['web', 'pay'] },
    true,
  ],
  [
    'a namespace that the other names and leaves out',
    shop,
    { ...both, excludedNamespaces: ['pay'] },
    true,
  ],
  ['other kinds', { ...shop, kinds: ['secrets'] }, shop, false],
] as const)('%s: %o takes all of %o is %s', (_, one, other, takes) => {
  expect(takesAllOf(spec(one), spec(other))).toBe(takes);
});
