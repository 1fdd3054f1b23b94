import type { Case } from './case.types.ts';
import { configMaps, jsonPatch, named, patch, post, put, remove } from './requests.ts';

/** The life of one object: made, replaced, patched, listed, deleted. */
export const objectCases: readonly Case[] = [
  { title: 'creating an object', ...post(configMaps, named('a', { data: { b: '2', a: '<1>' } })) },
  { title: 'creating it again', ...post(configMaps, named('a')) },
  { title: 'creating it without a trace', ...post(`${configMaps}?dryRun=All`, named('dry')) },
  { title: 'the dry one is not there', path: `${configMaps}/dry` },
  { title: 'an unknown dry run', ...post(`${configMaps}?dryRun=foo`, named('dry')) },
  {
    title: 'creating in a namespace that is missing',
    ...post('/api/v1/namespaces/nope/configmaps', named('a')),
  },
  { title: 'a name that is not allowed', ...post(configMaps, named('A_b')) },
  { title: 'no name at all', ...post(configMaps, { metadata: {} }) },
  {
    title: 'another namespace in the body',
    ...post(configMaps, { metadata: { name: 'x', namespace: 'other' } }),
  },
  {
    title: 'another kind in the body',
    ...post(configMaps, { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'x' } }),
    loose: true,
  },
  {
    title: 'a version in a new object',
    ...post(configMaps, { metadata: { name: 'x', resourceVersion: '5' } }),
  },
  { title: 'a body of an unknown type', ...post(configMaps, named('x')), type: 'text/plain' },
  {
    title: 'a label that is not allowed',
    ...post(configMaps, { metadata: { name: 'x', labels: { a: 'b c' } } }),
    loose: true,
  },
  {
    title: 'replacing an old version',
    ...put(`${configMaps}/a`, { metadata: { name: 'a', resourceVersion: '1' } }),
  },
  { title: 'replacing what is missing', ...put(`${configMaps}/b`, named('b')) },
  { title: 'replacing under another name', ...put(`${configMaps}/a`, named('c')) },
  {
    title: 'replacing another uid',
    ...put(`${configMaps}/a`, { metadata: { name: 'a', uid: 'other' } }),
    loose: true,
  },
  {
    title: 'replacing without a version',
    ...put(`${configMaps}/a`, named('a', { data: { c: '3' } })),
  },
  {
    title: 'merging',
    ...patch(`${configMaps}/a`, { data: { c: null, d: '4' }, metadata: { labels: { x: 'y' } } }),
  },
  {
    title: 'merging an old version',
    ...patch(`${configMaps}/a`, { metadata: { resourceVersion: '1' } }),
  },
  {
    title: 'a JSON patch',
    ...patch(
      `${configMaps}/a`,
      [
        { op: 'add', path: '/data/e', value: '5' },
        { op: 'remove', path: '/data/d' },
      ],
      jsonPatch,
    ),
  },
  {
    title: 'a JSON patch that does not apply',
    ...patch(`${configMaps}/a`, [{ op: 'remove', path: '/data/none' }], jsonPatch),
  },
  {
    title: 'a JSON patch whose test fails',
    ...patch(`${configMaps}/a`, [{ op: 'test', path: '/data/e', value: 'no' }], jsonPatch),
  },
  { title: 'a patch of an unknown type', ...patch(`${configMaps}/a`, {}, 'application/json') },
  { title: 'a list by label', path: `${configMaps}?labelSelector=x%3Dy` },
  { title: 'a list by name', path: `${configMaps}?fieldSelector=metadata.name%3Da` },
  {
    title: 'metadata only',
    path: `${configMaps}?labelSelector=x%3Dy`,
    accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
  },
  {
    title: 'deleting another uid',
    ...remove(`${configMaps}/a`, { preconditions: { uid: 'other' } }),
    loose: true,
  },
  {
    title: 'deleting an old version',
    ...remove(`${configMaps}/a`, { preconditions: { resourceVersion: '1' } }),
    loose: true,
  },
  { title: 'deleting', ...remove(`${configMaps}/a`) },
  { title: 'deleting again', ...remove(`${configMaps}/a`) },
  {
    title: 'an object with a finalizer',
    ...post(configMaps, { metadata: { name: 'held', finalizers: ['example.com/hold'] } }),
  },
  { title: 'deleting it only marks it', ...remove(`${configMaps}/held`) },
  { title: 'letting it go', ...patch(`${configMaps}/held`, { metadata: { finalizers: null } }) },
  { title: 'then it is gone', path: `${configMaps}/held` },
];
