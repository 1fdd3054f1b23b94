import { expect, test } from 'vitest';
import { ProblemError } from '../../platform/problems.ts';
import { matchesLabels, parseLabelSelector } from './label-selector.models.ts';

const labels = { app: 'web', tier: 'front', 'example.com/team': 'shop', weight: '7', empty: '' };

test.each([
  ['', true],
  ['app=web', true],
  ['app==web', true],
  ['app=db', false],
  ['app!=db', true],
  ['missing!=db', true],
  ['app in (web, db)', true],
  ['app in (db)', false],
  ['app notin (db),tier=front', true],
  ['missing notin (db)', true],
  ['app', true],
  ['missing', false],
  ['!missing', true],
  ['!app', false],
  ['example.com/team=shop , tier in (front,back)', true],
  ['weight>6', true],
  ['weight<6', false],
  ['app>6', false],
  ['empty=', true],
  ['constructor', false],
])('the selector “%s” holds for the labels: %s', (selector, expected) =>
  expect(matchesLabels(parseLabelSelector(selector), labels)).toBe(expected),
);

test.each([
  'app=web,',
  '=web',
  'app=we b',
  'app in web',
  'app in (web',
  '-app',
  'app/b/c=1',
  'weight>x',
  `app=${'x'.repeat(64)}`,
  '<script>',
])('“%s” is refused by name, and nothing is selected by mistake', (selector) => {
  expect(() => parseLabelSelector(selector)).toThrow(ProblemError);
});
