import { expect, test } from 'vitest';
import { kebab, nearest } from './words.models.ts';

test.each([
  ['bakcups', 'backups'],
  ['--prot', '--port'],
  ['zzzzzz', undefined],
])('%s most probably meant %s', (word, meant) => {
  expect(nearest(word, ['backups', 'restores', '--port', '--host'])).toBe(meant);
});

test('a field is called in kebab case on the command line', () => {
  expect(kebab('excludedNamespaces')).toBe('excluded-namespaces');
});
