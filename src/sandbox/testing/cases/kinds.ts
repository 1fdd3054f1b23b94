import type { Case } from './case.types.ts';
import { configMaps, named, patch, post } from './requests.ts';

const services = '/api/v1/namespaces/$ns/services';
const workload = (labels: object) => ({
  spec: {
    replicas: 0,
    selector: { matchLabels: { a: 'b' } },
    template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i' }] } },
  },
});

/** What single kinds of the real server insist on. */
export const kindCases: readonly Case[] = [
  {
    title: 'an immutable ConfigMap',
    ...post(configMaps, named('fixed', { immutable: true, data: { x: '1' } })),
  },
  { title: 'changing it', ...patch(`${configMaps}/fixed`, { data: { x: '2' } }) },
  {
    title: 'a Secret with plain text',
    ...post('/api/v1/namespaces/$ns/secrets', named('s', { stringData: { x: '1' } })),
  },
  { title: 'changing its type', ...patch('/api/v1/namespaces/$ns/secrets/s', { type: 'other' }) },
  {
    title: 'a Service',
    ...post(services, named('s', { spec: { clusterIP: 'None', ports: [{ port: 80 }] } })),
    loose: true,
  },
  {
    title: 'a node port',
    ...post(
      services,
      named('np', { spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 31555 }] } }),
    ),
    loose: true,
  },
  {
    title: 'a node port that is taken',
    ...post(
      services,
      named('np2', { spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 31555 }] } }),
    ),
  },
  {
    title: 'a node port out of range',
    ...post(
      services,
      named('np2', { spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] } }),
    ),
  },
  {
    title: 'a cluster address out of range',
    ...post(services, named('far', { spec: { clusterIP: '192.0.2.7', ports: [{ port: 80 }] } })),
  },
  {
    title: 'a claim',
    ...post(
      '/api/v1/namespaces/$ns/persistentvolumeclaims',
      named('p', {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      }),
    ),
    loose: true,
  },
  {
    title: 'changing its spec',
    ...patch('/api/v1/namespaces/$ns/persistentvolumeclaims/p', {
      spec: { accessModes: ['ReadWriteMany'] },
    }),
    loose: true,
  },
  {
    title: 'a Deployment',
    ...post('/apis/apps/v1/namespaces/$ns/deployments', named('d', workload({ a: 'b' }))),
    loose: true,
  },
  { title: 'its scale', path: '/apis/apps/v1/namespaces/$ns/deployments/d/scale', after: 300 },
  { title: 'a scale of nothing', path: '/apis/apps/v1/namespaces/$ns/deployments/none/scale' },
  {
    title: 'changing its selector',
    ...patch('/apis/apps/v1/namespaces/$ns/deployments/d', {
      spec: {
        selector: { matchLabels: { a: 'c' } },
        template: { metadata: { labels: { a: 'c' } } },
      },
    }),
    loose: true,
  },
  {
    title: 'may I',
    ...post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      spec: { resourceAttributes: { verb: 'list', resource: 'pods' } },
    }),
  },
  {
    title: 'may Bob',
    ...post('/apis/authorization.k8s.io/v1/subjectaccessreviews', {
      spec: { resourceAttributes: { verb: 'list', resource: 'pods' }, user: 'bob' },
    }),
  },
];
