import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { callApi } from '../../../../../testbed/api.ts';
import '../../../../../testbed/provided.ts';
import type { StoredObject } from '../../engine.ts';
import { type ExportInput, exportBackup } from './export-backup.ts';
import {
  type Ask,
  createEstate,
  essence,
  longName,
  manifestOf,
  readEstate,
} from './testing/estate.ts';

const testbed = inject('testbed');
const s3 = inject('s3');
const velero = inject('velero');
const api = {
  server: testbed.server,
  token: testbed.adminToken,
  ca: await readFile(testbed.caFile, 'utf8'),
};
const ask: Ask = ({ body, ...call }) =>
  callApi(api, body === undefined ? call : { ...call, text: body });

async function run(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    velero.binary,
    [...args, `--kubeconfig=${testbed.kubeconfig}`, `--namespace=${velero.namespace}`],
    { env: { ...process.env, HOME: testbed.directory } },
  );
  return stdout;
}

async function remove(path: string): Promise<void> {
  await ask({ method: 'DELETE', path });
  await expect
    .poll(async () => (await ask({ path })).status, { timeout: 60_000, interval: 300 })
    .toBe(404);
}

const plain = '--colorized=false';
const expiresAt = Date.parse('2099-01-01T00:00:00Z');

async function exported(
  name: string,
  { namespace, target }: { namespace: string; target: ExportInput['target'] },
) {
  const stored = await readEstate(ask, namespace);
  const outcome = await exportBackup({
    manifest: manifestOf(name, namespace, stored),
    objects: each(stored),
    target,
    expiresAt,
    exportRoot: dirname(s3.folder),
    signal: new AbortController().signal,
    progress: () => {},
    log: () => {},
  });
  return { stored, outcome };
}

async function* each(stored: readonly StoredObject[]): AsyncGenerator<StoredObject, void> {
  yield* stored;
}

async function listed(name: string): Promise<void> {
  await expect
    .poll(() => run('backup', 'get'), { timeout: 60_000, interval: 1000 })
    .toMatch(new RegExp(`^${name}\\s+Completed`, 'm'));
}

const restore = (name: string, from: string) =>
  run('restore', 'create', name, `--from-backup=${from}`, '--wait');

/** Made by the cluster itself in every namespace. */
const isMade = ({ path }: StoredObject) =>
  /kube-root-ca\.crt|serviceaccounts\/.*\/default/.test(path);
const essences = (stored: readonly StoredObject[], without: readonly string[]) =>
  stored
    .filter((one) => !isMade(one) && !without.includes(one.path))
    .map((one) => [one.path, essence(one)]);

test('an export to S3 is listed, described and restored by Velero, down to unknown fields', async () => {
  await createEstate(ask, 'harbor');
  const { endpoint, bucket, accessKeyId, secretAccessKey } = s3;
  const { stored, outcome } = await exported('manual-20261123010000', {
    namespace: 'harbor',
    target: {
      s3: { endpoint, region: 'us-east-1', bucket, accessKeyId, secretAccessKey },
      includeSecrets: true,
    },
  });
  const left = `resources/configmaps/namespaces/harbor/${longName}.json`;
  expect(outcome.leftOut.map(({ path }) => path)).toEqual([left]);
  expect(outcome.objects).toBe(stored.length - 1);

  await velerosRestart();
  await listed('manual-20261123010000');
  const described = await run('backup', 'describe', 'manual-20261123010000', '--details', plain);
  expect(described).toContain('apps/v1/Deployment:\n    - harbor/web');
  expect(described).toContain('Expiration:  2099-01-01');
  expect(described).toMatch(/Warnings:.*252|Warnings:.*x{252}/s);
  expect(await run('backup', 'logs', 'manual-20261123010000')).toContain('exported by Lifeboat');

  await remove('/api/v1/namespaces/harbor');
  await remove('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/ships.harbor.example.org');
  await restore('harbor-back', 'manual-20261123010000');
  const restored = await run('restore', 'describe', 'harbor-back', '--details', plain);
  expect(restored).toMatch(/Phase:\s+Completed/);
  const back = await readEstate(ask, 'harbor');
  expect(essences(back, [])).toEqual(essences(stored, [left]));
});

test('an export into the folder of a bucket is restored without the Secrets that were left out', async () => {
  await createEstate(ask, 'quay');
  const { stored, outcome } = await exported('manual-20261123020000', {
    namespace: 'quay',
    target: { folder: basename(s3.folder), includeSecrets: false },
  });
  const left = outcome.leftOut.map(({ path }) => path);
  expect(left).toContain('resources/secrets/namespaces/quay/key.json');

  await velerosRestart();
  await listed('manual-20261123020000');
  await remove('/api/v1/namespaces/quay');
  await restore('quay-back', 'manual-20261123020000');
  expect(await run('restore', 'describe', 'quay-back', plain)).toMatch(/Phase:\s+Completed/);
  const back = await readEstate(ask, 'quay');
  expect(essences(back, [])).toEqual(essences(stored, left));
});

test('a backup that Velero synced carries where it came from, so that it is not counted twice', async () => {
  const path = `/apis/velero.io/v1/namespaces/${velero.namespace}/backups/manual-20261123010000`;
  const { metadata } = JSON.parse((await ask({ path })).text);
  expect(metadata.annotations).toMatchObject({
    'lifeboat.dev/backup': 'manual-20261123010000',
    'lifeboat.dev/cluster': 'testbed',
    'lifeboat.dev/cluster-uid': 'f2d5c8a0-0000-4000-8000-000000000000',
  });
});

/** It learns about new kinds every five minutes, looks for backups every minute, or at its start. */
async function velerosRestart(): Promise<void> {
  const { status } = await fetch(velero.restart, { method: 'POST' });
  expect(status).toBe(204);
}
