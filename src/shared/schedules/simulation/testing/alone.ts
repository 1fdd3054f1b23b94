import { days, hours, nightly } from './estate.ts';
import { a, autumn, dublin, gone, shop, type Situation, spring } from './lines.ts';

/** What is the matter with one schedule by itself. */
export const unusable: Situation[] = [
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

export const alone: Situation[] = [
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
  [
    'kept for a week, made monthly',
    [a('@monthly', { retention: days(7) })],
    ['warning keptTooShort a'],
  ],
  [
    'kept for a year, made on leap days',
    [a('0 0 29 2 *', { retention: days(365) })],
    ['warning keptTooShort a'],
  ],
  [
    'may lose a week, made monthly',
    [a('@monthly', { targetRpo: 7 * 1440, retention: null })],
    ['warning rpoMissed a'],
  ],
  [
    'each second, kept for a month',
    [a('@every 1s', { minutes: 0.01 })],
    ['warning tooMany a', 'info cutOff a'],
  ],
  [
    'each minute, kept for ever',
    [a('* * * * *', { minutes: 0.01, retention: null })],
    ['warning tooMany a'],
  ],
  [
    'kept for a week, two days of each month',
    [a('0 2 1,2 * *', { retention: days(7) })],
    ['warning keptTooShort a'],
  ],
  [
    'may lose two days, made on two of each month',
    [a('0 2 1,2 * *', { targetRpo: 2 * 1440, retention: null })],
    ['warning rpoMissed a'],
  ],
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

export const around: Situation[] = [
  [
    'in a blackout every night',
    [a('0 2 * * *')],
    ['warning blackout a'],
    { blackouts: nightly(1, 4) },
  ],
  [
    'in blackouts without end',
    [a('0 2 * * *')],
    ['error blackout a'],
    { blackouts: nightly(0, 24) },
  ],
  [
    'in a blackout that is over after the 14 days',
    [a('30 22 1 * *', { retention: null })],
    ['warning blackout a'],
    { blackouts: nightly(22, 30), now: Date.parse('2026-11-17T23:00:00Z') },
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
    'each hour, through a blackout every night',
    [a('0 * * * *')],
    ['warning blackout a'],
    { blackouts: nightly(22, 30) },
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
