import { expect, test } from 'vitest';
import { missingIn, type Taken } from './takes.models.ts';

const all: Taken = { namespaces: 'all', excluded: [] };
const only = (...namespaces: string[]): Taken => ({ namespaces, excluded: [] });
const but = (taken: Taken, ...excluded: string[]): Taken => ({ ...taken, excluded });

test.each([
  ['another namespace', only('shop'), only('pay', 'shop'), ['pay']],
  ['nothing, when it takes the whole cluster', all, only('pay'), []],
  ['what can never be named', only('shop'), all, null],
  ['what it leaves out', but(all, 'pay'), only('pay'), null],
  ['what it leaves out of its list', but(only('shop', 'pay'), 'pay'), only('pay'), null],
  ['nothing of what the other leaves out', only('shop'), but(only('shop', 'pay'), 'pay'), []],
  ['one more beside what it leaves out', but(only('shop'), 'web'), only('pay'), ['pay']],
  ['nothing, when both leave out the same', but(all, 'web'), but(all, 'web', 'pay'), []],
  ['more than the whole cluster but one', but(all, 'web', 'pay'), but(all, 'web'), null],
] as const)('to hold all of the other it misses %s', (_, one, other, missing) => {
  expect(missingIn(one, other)).toEqual(missing);
});
