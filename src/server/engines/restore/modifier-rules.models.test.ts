import { expect, test } from 'vitest';
import type { Modifier } from '#shared/restores/restores.contract.ts';
import { assertModifiers } from './modifier-rules.models.ts';

type Operation = Modifier['patch'][number];
const asserting = (operation: Operation) => () =>
  assertModifiers([{ resource: 'services', patch: [operation] }]);

test.each<[Operation, string]>([
  [{ op: 'replace', path: '/metadata/name', value: 'b' }, 'changes the name or the namespace'],
  [{ op: 'remove', path: '/metadata/namespace' }, 'changes the name or the namespace'],
  [{ op: 'move', from: '/metadata/name', path: '/x' }, 'changes the name or the namespace'],
  [{ op: 'add', path: '/a/__proto__/b', value: 1 }, 'is no field that an object can have'],
  [{ op: 'copy', from: '/constructor/prototype', path: '/x' }, 'is no field that an object'],
  [{ op: 'add', path: 'spec', value: 1 }, '"spec" is not a JSON pointer such as /spec/replicas'],
  [{ op: 'add', path: '/a~2', value: 1 }, 'is not a JSON pointer'],
  [{ op: 'add', path: '/a' }, 'its add of /a has no value'],
  [{ op: 'move', path: '/a' }, 'its move to /a does not say from where'],
])('%j is refused before a plan is begun', (operation, sentence) => {
  expect(asserting(operation)).toThrow(sentence);
  expect(asserting(operation)).toThrow(/^A modifier of services cannot be applied: /);
});

test.each<Operation>([
  { op: 'test', path: '/metadata/name', value: 'a' },
  { op: 'copy', from: '/metadata/name', path: '/metadata/labels/app' },
  { op: 'add', path: '/metadata/annotations/example.io~1owner', value: 'us' },
  { op: 'add', path: '/metadata/names', value: null },
])('%j may be tried', (operation) => {
  expect(asserting(operation)).not.toThrow();
});

test('a label selector of a modifier that is none is refused, also when no object would be met', () => {
  const modifier = { resource: 'nothing', labelSelector: 'a=b=c', patch: [] };
  expect(() => assertModifiers([modifier])).toThrow('is not a requirement');
});
