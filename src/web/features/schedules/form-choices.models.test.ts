import { expect, test } from 'vitest';
import { choicesOf, newChoices, specOf } from './form-choices.models.ts';

test('a schedule that is opened and saved unchanged stays what it was', () => {
  const spec = {
    ...specOf(newChoices('Europe/Zurich')),
    retention: { daily: 7, weekly: 4, within: '12h' },
    frequency: { days: ['mon' as const, 'fri' as const], from: '22:00', to: '04:00' },
    namespaces: ['shop'],
    kinds: ['deployments.apps', 'secrets'],
    missedRuns: 'all' as const,
    catchUpWithin: '6h',
    jitter: '5m',
  };
  expect(specOf(choicesOf('nightly', spec))).toEqual(spec);
});

test.each([
  ['7d', '7d'],
  ['forever', 'forever'],
  ['daily 7, weekly 4', { daily: 7, weekly: 4 }],
  ['daily: 7 within=2d', { daily: 7, within: '2d' }],
  ['a few days', 'a few days'],
])('a retention written as %s is understood', (text, retention) => {
  expect(specOf({ ...newChoices('UTC'), retention: text }).retention).toEqual(retention);
});

test('what was left empty is not sent', () => {
  expect(Object.keys(specOf(newChoices('UTC'))).toSorted()).toEqual(
    [
      'engine',
      'frequency',
      'missedRuns',
      'overlap',
      'priority',
      'retention',
      'timezone',
      'type',
    ].toSorted(),
  );
});
