import { alone, around, unusable } from './alone.ts';
import { days } from './estate.ts';
import { a, b, c, many, november, pay, shop, type Situation } from './lines.ts';

const together: Situation[] = [
  [
    'the whole cluster twice at once',
    [a('0 2 * * *'), b('0 2 * * *', { takes: 'full' })],
    ['warning sameNamespaces a b'],
  ],
  [
    'the same namespace at once',
    [a('0 2 * * *', shop), b('0 2 * * *', { ...shop, takes: 'full' })],
    ['warning sameNamespaces a b'],
  ],
  [
    'a namespace and the whole cluster',
    [a('0 2 * * *'), b('0 2 * * *', shop)],
    ['warning sameNamespaces a b'],
  ],
  [
    'the whole cluster but this namespace',
    [a('0 2 * * *', { excluded: ['pay'] }), b('0 2 * * *', shop)],
    ['warning sameNamespaces a b'],
  ],
  [
    'into a long run of another',
    [a('0 2 * * *', { minutes: 50 }), b('30 2 * * *', { ...shop, minutes: 2 })],
    ['warning sameNamespaces a b', 'warning overCapacity b'],
  ],
  [
    'one namespace in common',
    [
      a('0 2 * * *', { namespaces: ['shop', 'web'] }),
      b('0 2 * * *', { namespaces: ['web', 'pay'] }),
    ],
    ['warning sameNamespaces a b'],
  ],
  [
    'once a week only',
    [a('0 2 * * *'), b('0 2 * * 0', { takes: 'full' })],
    ['warning sameNamespaces a b'],
  ],
  ['hourly and nightly', [a('0 * * * *', shop), b('0 2 * * *')], ['warning sameNamespaces a b']],
  [
    'two zones, one instant',
    [a('0 2 * * *'), b('0 3 * * *', { timezone: 'Europe/Zurich', takes: 'full' })],
    ['warning sameNamespaces a b'],
  ],
  [
    'through jitter',
    [a('0 2 * * *', { jitter: 10 }), b('10 2 * * *', shop)],
    ['warning sameNamespaces a b'],
  ],
  [
    'three at once',
    [a('0 2 * * *'), b('0 2 * * *', shop), c('0 2 * * *', pay)],
    ['warning sameNamespaces a b', 'warning sameNamespaces a c'],
  ],
  [
    'a quarter and an hour',
    [a('*/15 * * * *', shop), b('0 * * * *', { ...shop, takes: 'full' })],
    ['warning sameNamespaces a b'],
  ],
  [
    'at midnight, a monthly one',
    [a('@daily'), b('@monthly', { takes: 'full', retention: days(365) })],
    ['warning sameNamespaces a b'],
  ],
  [
    'each minute, and once a week at the far end',
    [a('* * * * *', { ...shop, minutes: 0.02, retention: days(1) }), b('30 2 * * 2', shop)],
    ['warning sameNamespaces a b'],
  ],
  ['the same twice', [a('0 2 * * *'), b('0 2 * * *')], ['warning redundant a b']],
  ['the same ten minutes later', [a('0 2 * * *'), b('10 2 * * *')], ['warning redundant a b']],
  [
    'the same, written otherwise',
    [a('0 0 * * *', shop), b('@daily', shop)],
    ['warning redundant a b'],
  ],
  [
    'the same namespaces in another order',
    [a('0 2 * * *', { namespaces: ['x', 'y'] }), b('5 2 * * *', { namespaces: ['y', 'x'] })],
    ['warning redundant a b'],
  ],
  [
    'the same, each cut off at another end of the 14 days',
    [a('55 11 * * *'), b('5 12 * * *')],
    ['warning redundant a b'],
  ],
  [
    'the same objects, together on one day of three',
    [a('0 2 3,8,13 * *'), b('0 2 5,8,11 * *')],
    ['warning sameNamespaces a b'],
    november,
  ],
  [
    'the same objects, once more at the end',
    [a('0 2 5,8 * *'), b('0 2 5,8,13 * *')],
    ['warning sameNamespaces a b'],
    november,
  ],
  ['the same each hour', [a('0 * * * *', shop), b('5 * * * *', shop)], ['warning redundant a b']],
  [
    'behind a long run of other namespaces',
    [a('0 2 * * *', { ...shop, minutes: 120 }), b('0 3 * * *', pay)],
    ['warning overCapacity b'],
  ],
  [
    'a short interval behind a long run',
    [a('0 2 * * *', { ...shop, minutes: 30 }), b('*/10 * * * *', pay)],
    ['warning overCapacity b'],
  ],
  [
    'more work than time',
    [a('0 * * * *', { ...shop, minutes: 40 }), b('30 * * * *', { ...pay, minutes: 35 })],
    ['error overCapacity a b', 'warning overCapacity b', 'warning overCapacity a'],
  ],
  [
    'ten in one minute',
    many(10, (n) => ({
      name: `s${n}`,
      frequency: '0 2 * * *',
      namespaces: [`n${n}`],
      minutes: 0.1,
    })),
    ['warning stampede s0 s1 s2 s3 s4 s5 s6 s7 s8 s9'],
  ],
  [
    'a hundred at midnight, on Sunday',
    many(100, (n) => ({
      name: `s${n}`,
      frequency: '0 0 * * 0',
      namespaces: [`n${n}`],
      minutes: 0.01,
    })),
    ['warning stampede s0 s1 s2 s3 s4 s5 s6 s7 s8 s9'],
  ],
];

export const situations = [...unusable, ...alone, ...around, ...together];
