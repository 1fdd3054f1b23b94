import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { keyFileBroken, keyFileEmpty, keyFileUnreadable, keyMissing } from './keyring.errors.ts';
import { makeFolder } from './folders.ts';
import { formatKey, keyId, parseKey, type Key } from './key-format.ts';
import type { Keyring } from './keyring.types.ts';
import { createKeyring } from './seal.ts';

export type KeyringPlace = {
  /** `DATA/keys`. */
  folder: string;
  /** `LIFEBOAT_ENCRYPTION_KEY_FILE`: never written to. */
  keyFile?: string | undefined;
};

/**
 * The keyring of this installation; its first key is made at the first start. `inUse`: the keys that
 * something was already sealed with: when one is missing no new one is made in its place.
 */
export async function openKeyring({
  folder,
  keyFile,
  inUse = [],
}: KeyringPlace & { inUse?: readonly string[] }): Promise<Keyring> {
  const file = keyFile ?? ownFile(folder);
  const keys = await readKeys(file, keyFile === undefined && inUse.length === 0);
  const missing = inUse.filter((id) => !keys.some((key) => key.id === id));
  if (missing.length > 0) throw keyMissing(missing, file);
  return createKeyring(keys);
}

/** Seals with a new key from now on; the old ones stay for what they sealed. */
export async function rotateKey({ folder }: Pick<KeyringPlace, 'folder'>): Promise<Keyring> {
  const old = await readKeys(ownFile(folder), false);
  const keys: [Key, ...Key[]] = [newKey(), ...old];
  await writeKeys(ownFile(folder), keys);
  return createKeyring(keys);
}

/** The keys of one file: for adopting a repository that was made elsewhere. */
export const readKeyFile = async (file: string): Promise<Keyring> =>
  createKeyring(await readKeys(file, false));

/** Takes keys from elsewhere into the keyring, behind its own. */
export async function addKeys(
  { folder }: Pick<KeyringPlace, 'folder'>,
  added: readonly Key[],
): Promise<Keyring> {
  const [current, ...others] = await readKeys(ownFile(folder), true);
  const known = new Set([current.id, ...others.map(({ id }) => id)]);
  const fresh = added.filter(({ id }) => !known.has(id));
  const keys: [Key, ...Key[]] = [current, ...others, ...fresh];
  await writeKeys(ownFile(folder), keys);
  return createKeyring(keys);
}

const ownFile = (folder: string) => join(folder, 'keyring');

function newKey(): Key {
  const key = randomBytes(32);
  return { id: keyId(key), key };
}

async function readKeys(file: string, mayMake: boolean): Promise<[Key, ...Key[]]> {
  const text = await readText(file);
  if (text === null) {
    if (!mayMake) throw keyMissing(['of this installation'], file);
    const made = newKey();
    await writeKeys(file, [made]);
    return [made];
  }
  const [first, ...rest] = text.split('\n').flatMap((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const key = parseKey(line);
    if (!key) throw keyFileBroken(file, at + 1);
    return [key];
  });
  if (!first) throw keyFileEmpty(file);
  return [first, ...rest];
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw keyFileUnreadable(file, error);
  }
}

/** Whole or not at all: a half-written keyring would lose the keys before it. */
async function writeKeys(file: string, keys: readonly Key[]): Promise<void> {
  await makeFolder(dirname(file));
  const handle = await open(`${file}.new`, 'w', 0o600);
  await handle.writeFile(keys.map((key) => `${formatKey(key)}\n`).join(''));
  await handle.sync();
  await handle.close();
  await rename(`${file}.new`, file);
  const folder = await open(dirname(file), 'r');
  await folder.sync();
  await folder.close();
}
