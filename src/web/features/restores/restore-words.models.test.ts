import { expect, test } from 'vitest';
import { changedLines, fieldInWords } from '../../ui/changed-lines.ts';
import { commandOf, optionsOf, searchOf } from './restore-search.models.ts';
import { planSentence, resultTitle, troubleSentence } from './restore-words.models.ts';

const none = { create: 0, update: 0, replace: 0, unchanged: 0, skip: 0, conflict: 0, blocked: 0 };

test.each([
  [none, 'It holds nothing that was chosen.'],
  [
    { ...none, create: 31, update: 8, unchanged: 90, skip: 6 },
    'Creates 31, updates 8, leaves 96 as they are.',
  ],
  [{ ...none, unchanged: 1 }, 'Leaves 1 as it is.'],
  [{ ...none, replace: 2 }, 'Deletes and creates anew 2.'],
])('a plan says what it would do: %o', (counts, sentence) => {
  expect(planSentence(counts)).toBe(sentence);
});

test('what a plan cannot do is said, and that it stays untouched', () => {
  expect(troubleSentence(none)).toBe('');
  expect(troubleSentence({ ...none, conflict: 1, blocked: 2 })).toBe(
    '1 object belongs to something else and 2 cannot be restored: they stay untouched, each says why.',
  );
});

test.each([
  ['completed', { created: 40, updated: 2, unchanged: 9 }, '42 objects restored into prod'],
  ['completed', { unchanged: 9 }, 'Nothing had to change in prod'],
  ['partial', { created: 1, failed: 3 }, '1 object restored, 3 not'],
  ['canceled', { created: 5 }, 'Canceled after 5 objects'],
  ['failed', {}, 'The restore failed'],
] as const)(
  'a restore that is %s with %o never sounds better than it is',
  (state, outcomes, title) => {
    expect(resultTitle({ state, cluster: 'prod' }, outcomes)).toBe(title);
  },
);

test('a field is named as people read it, also with slashes in its name', () => {
  expect(fieldInWords('/data/app.properties')).toBe('data › app.properties');
  expect(fieldInWords('/metadata/annotations/a~1b')).toBe('metadata › annotations › a/b');
});

test('lines that differ stand with a little of what is around them', () => {
  const before = Array.from({ length: 20 }, (_, n) => `line ${n}`).join('\n');
  const lines = changedLines({
    path: '/data/x',
    before: JSON.stringify(before),
    after: JSON.stringify(before.replace('line 10', 'line ten')),
  });
  expect(lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'same line 7',
    'same line 8',
    'same line 9',
    'removed line 10',
    'added line ten',
    'same line 11',
    'same line 12',
    'same line 13',
  ]);
});

test('a choice survives the way into a plan and back, and can be typed as a command', () => {
  const search = {
    backup: 'nightly',
    namespaces: ['shop'],
    labelSelector: ' app in (a, b) ',
    mapping: { shop: 'shop-test', blog: '' },
    conflictPolicy: 'update' as const,
  };
  const options = optionsOf(search, 'prod');
  expect(options).toEqual({
    backup: 'nightly',
    namespaces: ['shop'],
    labelSelector: 'app in (a, b)',
    namespaceMapping: { shop: 'shop-test' },
    conflictPolicy: 'update',
    dryRun: false,
  });
  expect(options && optionsOf(searchOf(options), 'prod')).toEqual(options);
  expect(options && commandOf(options, 'prod')).toBe(
    `lifeboat restores plan nightly --cluster prod --namespaces shop --label-selector 'app in (a, b)' --namespace-mapping '{"shop":"shop-test"}' --conflict-policy update`,
  );
  expect(optionsOf({}, 'prod')).toBeNull();
});
