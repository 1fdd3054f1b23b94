import type { World } from '../simulation.types.ts';
import { days, hours, type Line, nightly } from './estate.ts';

export type Situation = [what: string, lines: Line[], expected: string[], over?: Partial<World>];

export const a = (frequency: string, over: Partial<Line> = {}): Line => ({
  name: 'a',
  frequency,
  ...over,
});
export const b = (frequency: string, over: Partial<Line> = {}): Line => ({
  name: 'b',
  frequency,
  ...over,
});
export const c = (frequency: string, over: Partial<Line> = {}): Line => ({
  name: 'c',
  frequency,
  ...over,
});
export const shop = { namespaces: ['shop'] };
export const pay = { namespaces: ['pay'] };
const gone: World['location'] = { name: 'bucket', state: 'unavailable', free: null };
export const many = (count: number, of: (n: number) => Line) =>
  Array.from({ length: count }, (_, n) => of(n));
export const dublin = { timezone: 'Europe/Dublin' };
export const spring = { now: Date.parse('2027-03-20T12:00:00Z') };
const autumn = { now: Date.parse('2026-10-20T12:00:00Z') };

const unusable: Situation[] = [
  ['an hour that does not exist', [a('0 25 * * *')], ['error invalid a']],
  ['four fields', [a('0 2 * *')], ['error invalid a']],
  ['six fields', [a('0 0 2 * * *')], ['error invalid a']],
  ['words', [a('every night')], ['error invalid a']],
  ['a descriptor nobody knows', [a('@nightly')], ['error invalid a']],
  ['30 February', [a('0 0 30 2 *')], ['error neverFires a']],
  ['31 April', [a('0 0 31 4 *')], ['error neverFires a']],
  ['a zone that is not there', [a('0 2 * * *', { timezone: 'Mars/Base' })], ['error invalid a']],
  ['an expression longer than 1 KB', [a(`0 ${'1,'.repeat(600)}2 * * *`)], ['error invalid a']],
  ['an empty expression', [a('')], ['error invalid a']],
];

const alone: Situation[] = [
  ['longer than its interval', [a('*/10 * * * *', { minutes: 15 })], ['error selfOverlap a']],
  ['sometimes longer', [a('*/10 * * * *', { minutes: 5, atMost: 12 })], ['warning selfOverlap a']],
  [
    'longer, but only assumed',
    [a('*/10 * * * *', { minutes: 15, assumed: true })],
    ['warning selfOverlap a'],
  ],
  [
    'longer, and one waits',
    [a('*/10 * * * *', { minutes: 15, overlap: 'wait' })],
    ['error selfOverlap a'],
  ],
  ['two times near to each other', [a('0,10 2 * * *', { minutes: 20 })], ['error selfOverlap a']],
  ['a day longer than a day', [a('0 2 * * *', { minutes: 1500 })], ['error selfOverlap a']],
  ['every hour, an hour and a half', [a('@every 1h', { minutes: 90 })], ['error selfOverlap a']],
  [
    'kept for six hours, made daily',
    [a('0 2 * * *', { retention: hours(6) })],
    ['warning keptTooShort a'],
  ],
  [
    'kept for a day, made weekly',
    [a('@weekly', { retention: days(1) })],
    ['warning keptTooShort a'],
  ],
  ['kept over no weekend', [a('0 2 * * 1-5', { retention: days(2) })], ['warning keptTooShort a']],
  ['kept by no rule', [a('0 2 * * *', { retention: {} })], ['error keptTooShort a']],
  [
    'kept by rules of zero',
    [a('0 2 * * *', { retention: { daily: 0, last: 0 } })],
    ['error keptTooShort a'],
  ],
  ['may lose an hour, made daily', [a('0 2 * * *', { targetRpo: 60 })], ['warning rpoMissed a']],
  [
    'may lose a day, rests at the weekend',
    [a('0 2 * * 1-5', { targetRpo: 1440 })],
    ['warning rpoMissed a'],
  ],
  [
    'may lose an hour, takes half of one',
    [a('0 * * * *', { minutes: 30, targetRpo: 60 })],
    ['warning rpoMissed a'],
  ],
];

const around: Situation[] = [
  [
    'in a blackout every night',
    [a('0 2 * * *')],
    ['warning blackout a'],
    { blackouts: nightly(1, 4) },
  ],
  [
    'at the first minute of it',
    [a('0 1 * * *')],
    ['warning blackout a'],
    { blackouts: nightly(1, 4) },
  ],
  ['at its last minute', [a('59 3 * * *')], ['warning blackout a'], { blackouts: nightly(1, 4) }],
  [
    'some slots in a blackout',
    [a('0 */2 * * *')],
    ['warning blackout a'],
    { blackouts: nightly(1, 4) },
  ],
  [
    'moved into it by jitter',
    [a('50 0 * * *', { jitter: 20 })],
    ['warning blackout a'],
    { blackouts: nightly(1, 4) },
  ],
  [
    'a location that cannot be reached',
    [a('0 2 * * *')],
    ['warning locationUnavailable a'],
    { location: gone },
  ],
  [
    'a location without writes',
    [a('0 2 * * *')],
    ['warning locationUnavailable a'],
    { location: { ...gone, state: 'readOnly' } },
  ],
  [
    'a namespace that is gone',
    [a('0 2 * * *', shop)],
    ['warning namespaceGone a'],
    { namespaces: ['pay'] },
  ],
  [
    'one of two is gone',
    [a('0 2 * * *', { namespaces: ['shop', 'pay'] })],
    ['warning namespaceGone a'],
    { namespaces: ['pay'] },
  ],
  [
    'more than there is room for',
    [a('0 2 * * *', { bytesPerRun: 2 ** 30 })],
    ['warning storage a'],
    { location: { name: 'disk', state: 'available', free: 10 * 2 ** 30 } },
  ],
  [
    'more each hour than fits',
    [a('0 * * * *', { bytesPerRun: 2 ** 20 })],
    ['warning storage a'],
    { location: { name: 'disk', state: 'available', free: 100 * 2 ** 20 } },
  ],
  ['a time in the gap of spring', [a('30 1 * * *', dublin)], ['info clockChange a'], spring],
  ['a time that comes twice in autumn', [a('30 1 * * *', dublin)], ['info clockChange a'], autumn],
  [
    'a gap in New York',
    [a('30 2 * * *', { timezone: 'America/New_York' })],
    ['info clockChange a'],
    { now: Date.parse('2027-03-10T12:00:00Z') },
  ],
  [
    'half an hour on Lord Howe Island',
    [a('10 2 * * *', { timezone: 'Australia/Lord_Howe' })],
    ['info clockChange a'],
    { now: Date.parse('2026-09-28T12:00:00Z') },
  ],
];

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
    [a('@daily'), b('@monthly', { takes: 'full' })],
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
