import { expect, test } from 'vitest';
import {
  cronInWindow,
  lengthOf,
  openings,
  type TimeWindow,
  weekdays,
  windowInWords,
} from './window.models.ts';

const at = Date.parse;
const iso = (instant: number) => new Date(instant).toISOString().slice(0, 16);
const nights: TimeWindow = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '22:00',
  to: '06:00',
};

test('a time after midnight belongs to the window that began the day before', () => {
  expect(cronInWindow(nights, 30)).toBe('30 22 * * MON,TUE,WED,THU,FRI');
  expect(cronInWindow(nights, 250)).toBe('10 2 * * TUE,WED,THU,FRI,SAT');
});

test('a window on every day needs no days', () => {
  const daily: TimeWindow = {
    days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    from: '01:00',
    to: '01:00',
  };
  expect([cronInWindow(daily, 5), lengthOf(daily), lengthOf(nights)]).toEqual([
    '5 1 * * *',
    1440,
    480,
  ]);
});

test('openings follow the clocks of the zone, and one that is going on counts', () => {
  const found = openings(nights, 'Europe/Zurich', {
    from: at('2026-10-24T00:00:00Z'),
    until: at('2026-10-26T23:00:00Z'),
  });
  expect(found.map(({ from, until }) => [iso(from), iso(until)])).toEqual([
    ['2026-10-23T20:00', '2026-10-24T04:00'],
    ['2026-10-26T21:00', '2026-10-27T05:00'],
  ]);
});

test('a window is said in words', () => {
  expect(windowInWords(nights)).toBe('between 22:00 and 06:00, Monday to Friday');
  expect(windowInWords({ ...nights, days: ['sun', 'sat'] })).toBe(
    'between 22:00 and 06:00, Saturday, Sunday',
  );
});

test('a window that ends where it begins is any time of the day, from its hour on', () => {
  const whole: TimeWindow = { days: [...weekdays], from: '01:00', to: '01:00' };
  expect(windowInWords(whole)).toBe('at any time, every day');
  expect(windowInWords({ ...whole, days: ['sat', 'sun'], from: '00:00', to: '00:00' })).toBe(
    'at any time, Saturday, Sunday',
  );
  expect(windowInWords({ ...whole, days: ['sat', 'sun'] })).toBe(
    'at any time in the 24 hours from 01:00, Saturday, Sunday',
  );
});
