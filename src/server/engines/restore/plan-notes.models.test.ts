import { expect, test } from 'vitest';
import { namespacesWithout, notesOf } from './plan-notes.models.ts';

const at = (resource: string, namespace: string | null, name: string, alsoNeeded = false) => {
  const place = { resource, namespace, name };
  return { at: place, place, alsoNeeded };
};
const found = [at('configmaps', 'shop', 'a'), at('namespaces', null, 'blog', true)];
const source = { manifest: { kinds: [{ resource: 'secrets', read: 'not' as const }] } };
const options = { backup: 'b', conflictPolicy: 'skip', dryRun: true } as const;

test('a namespace of which nothing was found is named before everything else', () => {
  const notes = notesOf(
    { source, options: { ...options, namespaces: ['shop', 'shpo'] } },
    { found, namespaces: new Map([['shop', { terminating: true }]]) },
  );
  expect(notes).toEqual([
    'Nothing of what was asked for is in the namespace shpo of the backup.',
    'The backup is partial: secrets could not be read completely when it was made.',
    'shop is being deleted just now: the restore waits until that is over.',
    'Only a dry run: nothing will be written.',
  ]);
});

test('a namespace that is only there because others need it was not found', () => {
  expect(namespacesWithout({ namespaces: ['blog', 'shop'] }, found)).toEqual(['blog']);
  expect(namespacesWithout({}, found)).toEqual([]);
});

test('volume claims are counted: their data is not in a backup', () => {
  const claims = [at('persistentvolumeclaims', 'shop', 'data')];
  const given = { source: { manifest: { kinds: [] } }, options: { ...options, dryRun: false } };
  expect(notesOf(given, { found: claims, namespaces: new Map() })).toEqual([
    'The data of 1 volume claim is not in the backup: a claim comes back, its data only if its volume still exists.',
  ]);
});
