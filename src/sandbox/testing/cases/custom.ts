import type { Case } from './case.types.ts';
import { named, patch, post, put, remove } from './requests.ts';

const widgets = '/apis/conformance.example.com/v1/namespaces/$ns/widgets';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

const schema = {
  openAPIV3Schema: {
    type: 'object',
    properties: { spec: { type: 'object', properties: { n: { type: 'integer' } } } },
  },
};
const open = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
const widgetDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.conformance.example.com' },
  spec: {
    group: 'conformance.example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [
      { name: 'v1alpha1', served: true, storage: false, schema: open },
      { name: 'v1', served: true, storage: true, schema, subresources: { status: {} } },
    ],
  },
};
const widget = (name: string, fields: object = {}) => ({
  apiVersion: 'conformance.example.com/v1',
  kind: 'Widget',
  ...named(name, fields),
});
/** A definition, its objects, and the end of both. */
export const customCases: readonly Case[] = [
  { title: 'a definition', ...post(definitions, widgetDefinition) },
  {
    title: 'it is established',
    path: `${definitions}/widgets.conformance.example.com`,
    after: 1500,
  },
  { title: 'its group is served', path: '/apis/conformance.example.com' },
  { title: 'its versions are served', path: '/apis/conformance.example.com/v1' },
  {
    title: 'a custom resource, pruned',
    ...post(widgets, widget('w', { other: 1, spec: { z: 1, n: 5 }, status: { x: 1 } })),
  },
  { title: 'a custom resource without a kind', ...post(widgets, named('x')) },
  { title: 'it is changed by its status', ...patch(`${widgets}/w/status`, { status: { x: 1 } }) },
  { title: 'it is changed', ...patch(`${widgets}/w`, { spec: { n: 6 } }) },
  { title: 'replacing it without a version', ...put(`${widgets}/w`, widget('w')) },
  { title: 'its list', path: widgets },
  { title: 'its list in another version', path: widgets.replace('v1/', 'v1alpha1/') },
  { title: 'deleting it', ...remove(`${widgets}/w`) },
  {
    title: 'deleting the definition',
    ...remove(`${definitions}/widgets.conformance.example.com`),
    loose: true,
  },
];
