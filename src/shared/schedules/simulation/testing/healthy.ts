import type { World } from '../simulation.types.ts';
import { days, type Line, nightly } from './estate.ts';
import { a, b, c, dublin, many, pay, shop, spring } from './lines.ts';

export const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const healthy: [what: string, lines: Line[], over?: Partial<World>][] = [
  ['nothing at all', []],
  ['one every night', [a('0 2 * * *')]],
  ['one every minute that takes a second', [a('* * * * *', { minutes: 0.02, retention: days(1) })]],
  ['two nights apart', [a('0 2 * * 1'), b('0 2 * * 4')]],
  ['two an hour apart', [a('0 2 * * *'), b('0 3 * * *', { takes: 'full' })]],
  ['two at once in different namespaces', [a('0 2 * * *', shop), b('0 2 * * *', pay)]],
  ['hourly at half past and nightly', [a('30 * * * *', shop), b('0 2 * * *')]],
  ['a week of hours, kept a month', [a('0 * * * *', { retention: days(30) })]],
  [
    'daily, weekly and monthly at times of their own',
    [
      a('0 1 * * *'),
      b('0 3 * * 0', { takes: 'full' }),
      c('0 5 1 * *', { takes: 'full', retention: days(365) }),
    ],
  ],
  ['kept by counts', [a('0 2 * * *', { retention: { daily: 7, weekly: 4 } })]],
  ['two a minute apart each night', [a('0,1 2 * * *', { minutes: 0.5 })]],
  ['kept for ever', [a('0 2 * * *', { retention: null })]],
  ['the last one only, on purpose', [a('0 2 * * *', { retention: { last: 1 } })]],
  ['a window on every day', [{ name: 'a', frequency: { days: week, from: '01:00', to: '05:00' } }]],
  [
    'beside a blackout',
    [a('0 4 * * *'), b('59 0 * * *', { takes: 'full' })],
    { blackouts: nightly(1, 4) },
  ],
  ['may lose a day, made daily', [a('0 2 * * *', { targetRpo: 24 * 60 })]],
  ['may lose four hours, made hourly', [a('0 * * * *', { minutes: 10, targetRpo: 240 })]],
  [
    'paused until somebody resumes it',
    [a('0 2 * * *', { pausedUntil: Infinity }), b('0 2 * * *', shop)],
  ],
  ['a zone without a change of clocks', [a('30 2 * * *', { timezone: 'Asia/Tokyo' })], spring],
  ['a change of clocks that it does not feel', [a('0 12 * * *', dublin)], spring],
  [
    'nine in one minute',
    many(9, (n) => ({
      name: `s${n}`,
      frequency: '0 2 * * *',
      namespaces: [`n${n}`],
      minutes: 0.1,
    })),
  ],
  [
    'fifty spread over the night',
    many(50, (n) => ({
      name: `s${n}`,
      frequency: `${(n % 10) * 6} ${Math.floor(n / 10)} * * *`,
      namespaces: [`n${n}`],
    })),
  ],
  [
    'all namespaces there, and room',
    [a('0 2 * * *', { ...shop, bytesPerRun: 2 ** 20 })],
    { namespaces: ['shop', 'pay'], location: { name: 'disk', state: 'available', free: 2 ** 40 } },
  ],
  [
    'the same objects, kept for different times',
    [a('0 2 * * *', { retention: days(7) }), b('0 14 * * *', { retention: days(30) })],
  ],
  [
    'a namespace that the other leaves out',
    [a('0 2 * * *', { excluded: ['shop'] }), b('0 2 * * *', shop)],
  ],
];
