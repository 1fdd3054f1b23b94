import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { deflateRawSync, inflateRawSync, type ZlibOptions } from 'node:zlib';
import { sealBroken, sealedByUnknownKey } from './keyring.errors.ts';
import { deriveKey, type Key } from './key-format.ts';
import type { Keyring } from './keyring.types.ts';

const magic = Buffer.from('LBS1');
const idBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = magic.length + idBytes + nonceBytes;
/** Far above what an API server stores (1.5 MiB): stops a crafted blob from filling the memory. */
const maxOpened = 256 * 1024 * 1024;

type DerivedKey = { id: string; cipher: Buffer; nonce: Buffer };

/** The first key seals, every key opens. */
export function createKeyring(keys: readonly [Key, ...Key[]]): Keyring {
  const derived = keys.map(({ id, key }) => ({
    id,
    cipher: deriveKey(key, 'cipher'),
    nonce: deriveKey(key, 'nonce'),
  }));
  const [current] = derived;
  if (!current) throw new Error('A keyring needs a key.');
  const byId = new Map(derived.map((key) => [key.id, key]));
  return {
    keys,
    seal: (identity, content) => sealWith(current, identity, content),
    open: (identity, sealed) => {
      const id = sealedBy(sealed);
      if (id === null) throw sealBroken(identity);
      const key = byId.get(id);
      if (!key) throw sealedByUnknownKey(identity, id);
      return openWith(key, identity, sealed);
    },
  };
}

/** The id of the key that sealed this; null when it is not sealed. */
export function sealedBy(content: Buffer): string | null {
  if (content.length < headBytes + tagBytes || !content.subarray(0, magic.length).equals(magic))
    return null;
  return content.toString('hex', magic.length, magic.length + idBytes);
}

/**
 * The nonce is made from exactly the bytes that are encrypted (after compression): should another
 * version of zlib compress the same content differently, no nonce is ever used for two texts.
 */
function sealWith({ id, cipher, nonce }: DerivedKey, identity: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content, deflation(content.length));
  const iv = createHmac('sha256', nonce)
    .update(identity)
    .update('\0')
    .update(packed)
    .digest()
    .subarray(0, nonceBytes);
  const encrypt = createCipheriv('aes-256-gcm', cipher, iv).setAAD(Buffer.from(identity));
  const body = [encrypt.update(packed), encrypt.final()];
  return Buffer.concat([magic, Buffer.from(id, 'hex'), iv, ...body, encrypt.getAuthTag()]);
}

/**
 * zlib's usual window and tables (270 KB, cleared every time) cost far more than compressing a Secret
 * does: these are as large as the content.
 */
function deflation(bytes: number): ZlibOptions {
  const windowBits = Math.min(15, Math.max(9, 32 - Math.clz32(bytes)));
  const chunkSize = Math.min(64 * 1024, bytes + 64);
  return { windowBits, memLevel: Math.min(8, windowBits - 6), chunkSize };
}

function openWith({ cipher }: DerivedKey, identity: string, sealed: Buffer): Buffer {
  const iv = sealed.subarray(headBytes - nonceBytes, headBytes);
  const decrypt = createDecipheriv('aes-256-gcm', cipher, iv, { authTagLength: tagBytes })
    .setAAD(Buffer.from(identity))
    .setAuthTag(sealed.subarray(-tagBytes));
  try {
    const packed = [decrypt.update(sealed.subarray(headBytes, -tagBytes)), decrypt.final()];
    return inflateRawSync(Buffer.concat(packed), { maxOutputLength: maxOpened });
  } catch (error) {
    throw sealBroken(identity, error);
  }
}
