import type { World } from '../simulation.types.ts';
import type { Line } from './estate.ts';

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
export const gone: World['location'] = { name: 'bucket', state: 'unavailable', free: null };
export const many = (count: number, of: (n: number) => Line) =>
  Array.from({ length: count }, (_, n) => of(n));
export const dublin = { timezone: 'Europe/Dublin' };
export const november = { now: Date.parse('2026-11-01T00:00:00Z') };
export const spring = { now: Date.parse('2027-03-20T12:00:00Z') };
export const autumn = { now: Date.parse('2026-10-20T12:00:00Z') };
