import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { beforeEach, expect, test } from 'vitest';
import type { StoredObject } from '../../engine.ts';
import { smallDisk } from '../testing/small-disk.ts';
import { exportBackup } from './export-backup.ts';
import { manifestOf } from './testing/estate.ts';
import { each, input, objectAt, someObjects } from './testing/input.ts';

let exportRoot = '';
beforeEach(async () => {
  exportRoot = await mkdtemp(join(tmpdir(), 'lifeboat-export-'));
});

const target = (folder: string, includeSecrets = false) => ({ folder, includeSecrets });
const final = () => join(exportRoot, 'prod/backups/nightly-1');

async function untar(file: string) {
  const entries: { name: string; mode: number | undefined; text: string }[] = [];
  const reader = extract();
  reader.end(gunzipSync(await readFile(file)));
  for await (const entry of reader) {
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(Buffer.from(part as Uint8Array));
    const { name, mode } = entry.header;
    entries.push({ name, mode, text: Buffer.concat(parts).toString() });
  }
  return entries;
}

test('every object stands under both paths, executable for Velero to unpack, byte for byte', async () => {
  const outcome = await exportBackup(input({ exportRoot, target: target('prod') }));
  const entries = await untar(join(final(), 'nightly-1.tar.gz'));
  expect(entries.map(({ name }) => name)).toEqual([
    'metadata/version',
    'resources/configmaps/namespaces/shop/a.json',
    'resources/configmaps/v1-preferredversion/namespaces/shop/a.json',
    'resources/namespaces/cluster/shop.json',
    'resources/namespaces/v1-preferredversion/cluster/shop.json',
  ]);
  expect(new Set(entries.map(({ mode }) => mode))).toEqual(new Set([0o755]));
  expect(entries[1]?.text).toBe(someObjects[0]?.json.toString());
  expect(outcome).toMatchObject({ objects: 2, leftOut: [{ path: someObjects[2]?.path }] });
});

test('an export is readable by its owner alone, and nothing unfinished is left beside it', async () => {
  await exportBackup(input({ exportRoot, target: target('prod') }));
  expect(await readdir(join(exportRoot, 'prod/backups'))).toEqual(['nightly-1']);
  expect((await stat(final())).mode & 0o077).toBe(0);
  expect((await stat(join(final(), 'velero-backup.json'))).mode & 0o077).toBe(0);
});

test('without the right to read Secrets no byte of one is in any file', async () => {
  await exportBackup(input({ exportRoot, target: target('prod') }));
  for (const file of await readdir(final())) {
    const bytes = await readFile(join(final(), file));
    const text = file.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
    expect(text).not.toContain('cGxhbnQ=');
  }
});

test('names that are long, odd or not Latin come back from the archive as they were', async () => {
  const names = ['a\nb', 'system:odd <b>', 'ü'.repeat(100), 'y'.repeat(250), `${'z'.repeat(251)}`];
  const paths = names.map((name) => `resources/configmaps/namespaces/shop/${name}.json`);
  const objects = each(paths.map((path) => objectAt(path, { kind: 'ConfigMap' })));
  const { leftOut } = await exportBackup(input({ exportRoot, target: target('prod'), objects }));
  expect(leftOut.map(({ path }) => path)).toEqual(paths.slice(4));
  const written = (await untar(join(final(), 'nightly-1.tar.gz'))).map(({ name }) => name);
  expect(written).toEqual(expect.arrayContaining(paths.slice(0, 4)));
});

test.each([
  ['..', 'export.folder_outside'],
  ['a/../../b', 'export.folder_outside'],
  ['/etc', 'export.folder_outside'],
  ['link', 'export.folder_outside'],
  ['link/deeper', 'export.folder_outside'],
  ['nul\0', 'export.folder_outside'],
  ['file', 'export.folder_unusable'],
  ['dangling', 'export.folder_unusable'],
  ['x'.repeat(300), 'export.folder_unusable'],
])('the folder %j is refused and nothing is made', async (folder, code) => {
  const outside = await mkdtemp(join(tmpdir(), 'lifeboat-outside-'));
  await symlink(outside, join(exportRoot, 'link'));
  await symlink(join(outside, 'missing'), join(exportRoot, 'dangling'));
  await writeFile(join(exportRoot, 'file'), '');
  const exported = exportBackup(input({ exportRoot, target: target(folder) }));
  await expect(exported).rejects.toMatchObject({ problem: { code } });
  expect(await readdir(outside)).toEqual([]);
  expect((await readdir(exportRoot)).toSorted()).toEqual(['dangling', 'file', 'link']);
});

test('a name that is taken is refused, and what lies there stays as it was', async () => {
  await mkdir(final(), { recursive: true });
  await writeFile(join(final(), 'velero-backup.json'), 'theirs');
  const exported = exportBackup(input({ exportRoot, target: target('prod') }));
  await expect(exported).rejects.toMatchObject({ problem: { code: 'export.name_taken' } });
  expect(await readFile(join(final(), 'velero-backup.json'), 'utf8')).toBe('theirs');
  expect(await readdir(join(exportRoot, 'prod/backups'))).toEqual(['nightly-1']);
});

test('without an export root folders are refused; so is a target that is both or none', async () => {
  const none = exportBackup(input({ target: target('prod') }));
  await expect(none).rejects.toMatchObject({ problem: { code: 'export.no_root' } });
  const neither = async () => exportBackup(input({ target: { includeSecrets: false } }));
  await expect(neither()).rejects.toMatchObject({ problem: { code: 'export.target_invalid' } });
});

test('an object that cannot be read ends the export with its own error, and nothing is left', async () => {
  async function* broken(): AsyncGenerator<StoredObject, void> {
    yield* someObjects.slice(0, 1);
    throw new Error('damaged');
  }
  const exported = exportBackup(input({ exportRoot, target: target('prod'), objects: broken() }));
  await expect(exported).rejects.toThrow('damaged');
  expect(await readdir(join(exportRoot, 'prod/backups'))).toEqual([]);
});

test('a canceled export leaves nothing, and stops reading', async () => {
  const controller = new AbortController();
  let read = 0;
  async function* endless(): AsyncGenerator<StoredObject, void> {
    for (;;) {
      read += 1;
      if (read === 1000) controller.abort(new Error('canceled by ann'));
      yield objectAt(`resources/configmaps/namespaces/shop/c${read}.json`, { kind: 'ConfigMap' });
    }
  }
  const { signal } = controller;
  const objects = endless();
  const exported = exportBackup(input({ exportRoot, target: target('prod'), objects, signal }));
  await expect(exported).rejects.toThrow('canceled by ann');
  expect(read).toBe(1000);
  expect(await readdir(join(exportRoot, 'prod/backups'))).toEqual([]);
});

/** Does not compress. */
const noise = (name: string) =>
  objectAt(`resources/configmaps/namespaces/shop/${name}.json`, {
    kind: 'ConfigMap',
    data: { noise: randomBytes(60_000).toString('base64') },
  });
const large = () => each(Array.from({ length: 60 }, (_, at) => noise(`c${at}`)));

test('a disk that fills up midway ends the export, gives its room back, and is over when there is more', async () => {
  const disk = await smallDisk();
  try {
    const given = { exportRoot: disk.folder, target: target('prod') };
    await exportBackup(input({ ...given, manifest: manifestOf('before', 'shop', someObjects) }));
    disk.limit();
    const exported = exportBackup(input({ ...given, objects: large() }));
    await expect(exported).rejects.toMatchObject({
      problem: { code: 'export.disk_full', status: 507 },
    });
    expect(await readdir(join(disk.folder, 'prod/backups'))).toEqual(['before']);
    disk.release();
    expect(await exportBackup(input({ ...given, objects: large() }))).toMatchObject({
      objects: 60,
    });
  } finally {
    await disk.close();
  }
});
