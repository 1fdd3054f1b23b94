import { expect, test } from 'vitest';
import { createSelection } from './selection.models.ts';

const paths = [
  'resources/configmaps/namespaces/shop/settings.json',
  'resources/configmaps/namespaces/bank/settings.json',
  'resources/deployments.apps/namespaces/shop/web.json',
  'resources/clusterroles.rbac.authorization.k8s.io/cluster/reader.json',
  'resources/namespaces/cluster/shop.json',
  'resources/namespaces/cluster/bank.json',
  'resources/widgets.example.com/namespaces/shop/one.json',
  'lifeboat/backup.json',
];
const chosen = (options: Parameters<typeof createSelection>[0]) =>
  paths.flatMap((path, at) => (createSelection(options).wantsPath(path) ? [at] : []));

test('without options every object is chosen, and nothing that is no object', () =>
  expect(chosen({})).toEqual([0, 1, 2, 3, 4, 5, 6]));

test('namespaces choose their objects and themselves, no other cluster-scoped kinds', () =>
  expect(chosen({ namespaces: ['shop'] })).toEqual([0, 2, 4, 6]));

test('a cluster-scoped kind that is named comes along with namespaces', () =>
  expect(chosen({ namespaces: ['shop'], kinds: ['clusterroles.*', 'configmaps'] })).toEqual([
    0, 3,
  ]));

test.each([
  [{ excludedNamespaces: ['bank'] }, [0, 2, 3, 4, 6]],
  [{ kinds: ['*.example.com'] }, [6]],
  [{ kinds: ['Deployments.apps'] }, [2]],
  [{ excludedKinds: ['*s'] }, [3, 6]],
  [{ kinds: ['config.aps'] }, []],
  [{ objects: [paths[0] ?? '', paths[3] ?? ''] }, [0, 3]],
  [{ objects: [paths[0] ?? ''], namespaces: ['bank'] }, []],
  [{ objects: ['resources/configmaps/namespaces/shop/*.json'] }, []],
])('%j chooses %j', (options, expected) => expect(chosen(options)).toEqual(expected));

test('labels decide by the body', () => {
  const { wantsBody } = createSelection({ labelSelector: 'app in (web)' });
  expect(wantsBody({ metadata: { labels: { app: 'web' } } })).toBe(true);
  expect(wantsBody({ metadata: {} })).toBe(false);
});
