import { expect, test } from 'vitest';
import { formatPath, parsePath } from './paths.models.ts';

test.each([
  ['resources/pods/namespaces/shop/web.json', { resource: 'pods', namespace: 'shop', name: 'web' }],
  [
    'resources/clusterroles.rbac.authorization.k8s.io/cluster/system:node.json',
    { resource: 'clusterroles.rbac.authorization.k8s.io', namespace: null, name: 'system:node' },
  ],
  [
    'resources/roles.x/namespaces/a/b\nc.json',
    { resource: 'roles.x', namespace: 'a', name: 'b\nc' },
  ],
])('the path %j names its object, and the object its path', (path, object) => {
  expect(parsePath(path)).toEqual(object);
  expect(formatPath(object)).toBe(path);
});

test.each([
  '',
  'metadata/version',
  'resources/pods',
  'resources/pods/namespaces/shop/',
  'lifeboat/backup.json',
])('the path %j is not that of an object', (path) => {
  expect(parsePath(path)).toBeNull();
});
