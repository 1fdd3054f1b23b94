import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addKeys, openKeyring, readKeyFile, rotateKey } from './keyring.ts';
import { recoveryKit } from './key-format.ts';
import { sealedBy } from './seal.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeboat-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

const place = 'resources/secrets/namespaces/shop/db.json';
const secret = Buffer.from('{"data":{"password":"cGxhbnRlZA=="}}');

test('the first start makes a key that only its owner can read, later starts use it', async () => {
  const sealed = (await openKeyring({ folder })).seal(place, secret);
  expect((await stat(join(folder, 'keyring'))).mode & 0o777).toBe(0o600);
  expect((await openKeyring({ folder })).open(place, sealed)).toEqual(secret);
});

test('the same content at the same place is sealed to the same bytes, elsewhere to others', async () => {
  const { seal } = await openKeyring({ folder });
  expect(seal(place, secret)).toEqual(seal(place, secret));
  expect(seal(place, secret)).not.toEqual(seal(`${place}x`, secret));
});

test('what was sealed for one place cannot be opened as another', async () => {
  const { seal, open } = await openKeyring({ folder });
  expect(() => open('resources/secrets/namespaces/a/b.json', seal(place, secret))).toThrow(
    /altered, cut or moved/,
  );
});

test('any content comes back as it was, and any flipped bit is noticed', async () => {
  const { seal, open } = await openKeyring({ folder });
  fc.assert(
    fc.property(fc.string(), fc.uint8Array({ maxLength: 300 }), fc.nat(), (identity, bytes, at) => {
      const content = Buffer.from(bytes);
      const sealed = seal(identity, content);
      expect(open(identity, sealed)).toEqual(content);
      const bit = at % (sealed.length * 8);
      sealed.writeUInt8(sealed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => open(identity, sealed)).toThrow(/altered|sealed with the key/);
    }),
    { numRuns: 300 },
  );
});

test('the plain text is not in the sealed bytes', async () => {
  const { seal } = await openKeyring({ folder });
  expect(seal(place, secret).includes('cGxhbnRlZA==')).toBe(false);
});

test('after a rotation old seals still open and new ones use the new key', async () => {
  const before = (await openKeyring({ folder })).seal(place, secret);
  const rotated = await rotateKey({ folder });
  expect(rotated.open(place, before)).toEqual(secret);
  expect(sealedBy(rotated.seal(place, secret))).not.toBe(sealedBy(before));
  expect((await openKeyring({ folder })).keys).toHaveLength(2);
});

test('a lost key is named, and no new one is made in its place', async () => {
  const [key] = (await openKeyring({ folder })).keys;
  await rm(join(folder, 'keyring'));
  const inUse = [key?.id ?? ''];
  await expect(openKeyring({ folder, inUse })).rejects.toMatchObject({
    problem: { code: 'keys.missing', status: 503 },
  });
  await expect(stat(join(folder, 'keyring'))).rejects.toThrow('ENOENT');
});

test('a key of another installation is refused by name', async () => {
  await openKeyring({ folder });
  await expect(openKeyring({ folder, inUse: ['00112233aabbccdd'] })).rejects.toThrow(
    /00112233aabbccdd is missing/,
  );
});

test.each([
  ['openssl rand -base64 32', Buffer.alloc(32, 7).toString('base64')],
  ['openssl rand -hex 32', Buffer.alloc(32, 7).toString('hex')],
])('a key made with %s is taken', async (_, text) => {
  const keyFile = join(folder, 'given');
  await writeFile(keyFile, `# made by hand\n${text}\n`);
  const { keys } = await openKeyring({ folder, keyFile });
  expect(keys.map(({ key }) => Buffer.from(key))).toEqual([Buffer.alloc(32, 7)]);
});

test('the recovery kit opens what was sealed, on a machine that has nothing else', async () => {
  const keyring = await openKeyring({ folder });
  const kit = recoveryKit(keyring.keys).split('\n');
  const keyFile = join(folder, 'typed');
  await writeFile(keyFile, kit.filter((line) => line.startsWith('lifeboat-key')).join('\n'));
  const elsewhere = await readKeyFile(keyFile);
  expect(elsewhere.open(place, keyring.seal(place, secret))).toEqual(secret);
});

test('adopted keys open, but never seal', async () => {
  const own = await openKeyring({ folder });
  const other = await openKeyring({ folder: join(folder, 'other') });
  const both = await addKeys({ folder }, other.keys);
  expect(both.open(place, other.seal(place, secret))).toEqual(secret);
  expect(both.seal(place, secret)).toEqual(own.seal(place, secret));
});

test('a flipped letter in the key file is noticed before anything is sealed with it', async () => {
  await openKeyring({ folder });
  const file = join(folder, 'keyring');
  const text = await readFile(file, 'utf8');
  const at = text.trimEnd().length - 10;
  await writeFile(file, `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
  await expect(openKeyring({ folder })).rejects.toMatchObject({ problem: { code: 'keys.broken' } });
});

test.each([
  ['', 'keys.empty'],
  ['hello', 'keys.broken'],
  ['lifeboat-key-1 00 AAAA', 'keys.broken'],
])('a key file with %j is refused', async (text, code) => {
  const keyFile = join(folder, 'bad');
  await writeFile(keyFile, text);
  await expect(openKeyring({ folder, keyFile })).rejects.toMatchObject({ problem: { code } });
});

test('a key file that cannot be read is named', async () => {
  await expect(openKeyring({ folder, keyFile: folder })).rejects.toMatchObject({
    problem: { code: 'keys.unreadable' },
  });
});
