import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KubernetesObject, WatchEvent } from './client.types.ts';
import { createWatched } from './watched.models.ts';

const kind = { apiVersion: 'v1', kind: 'ConfigMap' };
const arbitraryObject = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  namespace: fc.constantFrom('', 'shop', 'pay'),
  uid: fc.constantFrom('1', '2'),
  resourceVersion: fc.constantFrom('10', '11', '12'),
});
type Parts = { name: string; namespace: string; uid: string; resourceVersion: string };
const asObject = ({ namespace, ...rest }: Parts): KubernetesObject => ({
  ...kind,
  metadata: { ...rest, ...(namespace === '' ? {} : { namespace }) },
});
const keyOf = ({ metadata }: KubernetesObject) => `${metadata.namespace ?? ''}/${metadata.name}`;
const versionOf = ({ metadata }: KubernetesObject) => `${metadata.uid}@${metadata.resourceVersion}`;

/** What somebody has who only hears the events, and which of them made no sense to them. */
function follower() {
  const state = new Map<string, string>();
  const odd: WatchEvent[] = [];
  const hear = (events: readonly WatchEvent[]) => {
    for (const event of events) {
      if (event.type === 'SYNCED') continue;
      const key = keyOf(event.object);
      const known = state.has(key);
      const news = event.type === 'DELETED' || state.get(key) !== versionOf(event.object);
      if (known === (event.type === 'ADDED') || !news) odd.push(event);
      if (event.type === 'DELETED') state.delete(key);
      else state.set(key, versionOf(event.object));
    }
  };
  return { state, odd, hear };
}

const uniqueObjects = fc
  .uniqueArray(arbitraryObject, { selector: ({ namespace, name }) => `${namespace}/${name}` })
  .map((all) => all.map(asObject));
const changes = fc.array(
  fc.record({
    type: fc.constantFrom('ADDED' as const, 'MODIFIED' as const, 'DELETED' as const),
    object: arbitraryObject.map(asObject),
  }),
);

test('whoever hears the events has exactly the list after every list, whatever came between', () => {
  const rounds = fc.array(fc.record({ list: uniqueObjects, changes }), { maxLength: 5 });
  fc.assert(
    fc.property(rounds, (all) => {
      const watched = createWatched();
      const { state, odd, hear } = follower();
      for (const round of all) {
        watched.begin();
        for (const object of round.list) hear(watched.listed(object));
        hear(watched.complete(kind));
        expect(state).toEqual(
          new Map(round.list.map((object) => [keyOf(object), versionOf(object)])),
        );
        for (const { type, object } of round.changes) hear(watched.changed(type, object));
      }
      expect(odd).toEqual([]);
    }),
    { verbose: true },
  );
});

test('the end of an object that was replaced meanwhile does not end its successor', () => {
  const watched = createWatched();
  watched.changed('ADDED', asObject({ name: 'a', namespace: '', uid: '2', resourceVersion: '11' }));
  const late = asObject({ name: 'a', namespace: '', uid: '1', resourceVersion: '10' });
  expect(watched.changed('DELETED', late)).toEqual([]);
});
