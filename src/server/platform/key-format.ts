import { createHash, hkdfSync } from 'node:crypto';

export type Key = { id: string; key: Uint8Array };

const mark = 'lifeboat-key-1';

/** A key's id is made from the key, so that a damaged or mistyped key is noticed. */
export const keyId = (key: Uint8Array): string =>
  createHash('sha256').update('lifeboat key id\0').update(key).digest('hex').slice(0, 16);

export const formatKey = ({ id, key }: Key): string =>
  `${mark} ${id} ${Buffer.from(key).toString('base64')}`;

/** A line of a key file: ours, or 32 bytes in base64 or hex. Null: not an intact key. */
export function parseKey(line: string): Key | null {
  const [first = '', id, text] = line.trim().split(/\s+/);
  if (first !== mark) return id === undefined ? asKey(bytes(first)) : null;
  const key = asKey(bytes(text ?? ''));
  return key?.id === id ? key : null;
}

const bytes = (text: string): Buffer =>
  Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64');

const asKey = (key: Buffer): Key | null => (key.length === 32 ? { id: keyId(key), key } : null);

/** One purpose, one key: the cipher's and the nonce's are independent of each other. */
export const deriveKey = (key: Uint8Array, purpose: 'cipher' | 'nonce'): Buffer =>
  Buffer.from(hkdfSync('sha256', key, new Uint8Array(), `lifeboat ${purpose}`, 32));

/** What to print and lock away: everything that is needed to read the backups on a new machine. */
export const recoveryKit = (keys: readonly Key[]): string =>
  [
    'Lifeboat recovery kit',
    '',
    'Whoever holds these keys can read every Secret in the backups. Keep this sheet apart from them.',
    'To read the backups on a new machine: put the lines below into a file, then run',
    '  npm run -s lifeboat -- repositories adopt PATH --key FILE',
    '',
    ...keys.map(formatKey),
    '',
  ].join('\n');
