import type { Case } from './case.types.ts';
import { configMaps, remove } from './requests.ts';

/** What stays, and a namespace that goes. */
export const endCases: readonly Case[] = [
  { title: 'a method that is not offered', method: 'PUT', path: configMaps, body: {} },
  { title: 'deleting what must stay', ...remove('/api/v1/namespaces/kube-system') },
  { title: 'deleting the namespace', ...remove('/api/v1/namespaces/$ns'), loose: true },
  { title: 'the namespace is gone', path: '/api/v1/namespaces/$ns', until: 404 },
];
