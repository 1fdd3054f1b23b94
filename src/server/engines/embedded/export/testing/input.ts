import type { StoredObject } from '../../../engine.ts';
import type { ExportInput } from '../export-backup.ts';
import { manifestOf } from './estate.ts';

export const objectAt = (path: string, body: object): StoredObject => ({
  path,
  oid: path,
  sealed: path.startsWith('resources/secrets/'),
  json: Buffer.from(JSON.stringify({ apiVersion: 'v1', ...body })),
});

export const someObjects: readonly StoredObject[] = [
  objectAt('resources/configmaps/namespaces/shop/a.json', { kind: 'ConfigMap' }),
  objectAt('resources/namespaces/cluster/shop.json', { kind: 'Namespace' }),
  objectAt('resources/secrets/namespaces/shop/key.json', {
    kind: 'Secret',
    data: { k: 'cGxhbnQ=' },
  }),
];

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T, void> {
  yield* items;
}

/** An export of three objects named `nightly-1`, to nowhere yet. */
export const input = (given: Pick<ExportInput, 'target'> & Partial<ExportInput>): ExportInput => ({
  manifest: manifestOf('nightly-1', 'shop', someObjects),
  objects: each(someObjects),
  expiresAt: null,
  exportRoot: null,
  signal: new AbortController().signal,
  progress: () => {},
  log: () => {},
  s3Timing: { within: 5000, waits: [20, 20] },
  ...given,
});
