import { expect, test } from 'vitest';
import { type ClockWatch, confirmed, observe, watchFrom } from './clock-watch.models.ts';

const hour = 3_600_000;
const day = 24 * hour;
const begin = watchFrom({ wall: 1000 * day, up: hour });

/** The wall clock and the machine go on by so much. */
const pass = (watch: ClockWatch, wall: number, up: number) =>
  observe(watch, { wall: watch.last.wall + wall, up: watch.last.up + up });

test('time that passes is sound, also through a sleep of a week', () => {
  expect(pass(begin, 30_000, 30_000).verdict).toBe('sound');
  expect(pass(begin, 7 * day, 7 * day).verdict).toBe('sound');
});

test('a clock set forward by a year is not, until it comes back or is confirmed', () => {
  const ahead = pass(begin, 365 * day, 30_000);
  expect(ahead.verdict).toBe('forward');
  expect(pass(ahead, 30_000, 30_000).verdict).toBe('forward');
  expect(pass(ahead, -365 * day, 30_000).verdict).toBe('sound');
  expect(pass(confirmed(ahead), 30_000, 30_000).verdict).toBe('sound');
});

test('a jump in pieces is a jump', () => {
  const first = pass(begin, 20 * hour, 1000);
  expect(first.verdict).toBe('sound');
  expect(pass(first, 20 * hour, 1000).verdict).toBe('forward');
});

test('a clock set right by an hour twice a year never adds up', () => {
  let watch = begin;
  for (let times = 0; times < 60; times += 1)
    watch = pass(pass(watch, hour, 0), 100 * day, 100 * day);
  expect(watch.verdict).toBe('sound');
});

test('a clock set back is sound: slots are counted from the last one', () => {
  expect(pass(begin, -day, 1000).verdict).toBe('sound');
});
