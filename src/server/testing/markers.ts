import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A text that stands nowhere by chance. */
export const marker = (): string => `mark${randomBytes(12).toString('hex')}`;

export type Place = { name: string; bytes: Buffer };

/** The places where a marker stands: plain, in base64, in base64 of something around it, twice encoded. */
export function placesOf(markers: readonly string[], places: readonly Place[]): string[] {
  const wanted = markers.flatMap((one) =>
    formsOf(one).map((form) => ({ one, form: Buffer.from(form) })),
  );
  return places.flatMap(({ name, bytes }) =>
    wanted.filter(({ form }) => bytes.includes(form)).map(({ one }) => `${one} in ${name}`),
  );
}

function formsOf(text: string): string[] {
  const encoded = Buffer.from(text).toString('base64');
  return [text, ...inside(text), ...inside(encoded)];
}

/** base64 takes three bytes at a time: the same text looks different at each of three positions. */
const inside = (text: string): string[] =>
  [0, 1, 2].map((shift) => {
    const whole = Buffer.from('\0'.repeat(shift) + text).toString('base64');
    return whole.slice(shift === 0 ? 0 : shift + 1, -4);
  });

/** Every file below a folder, with what is compressed unpacked. */
export const filesBelow = (folder: string): Place[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const name = join(entry.parentPath, entry.name);
      const bytes = readFileSync(name);
      return { name, bytes: name.endsWith('.gz') ? gunzipSync(bytes) : bytes };
    });

/** Every object of a git repository, uncompressed, reachable or not. */
export const gitObjects = (repository: string): Place => ({
  name: repository,
  bytes: execFileSync(
    'git',
    ['-C', repository, 'cat-file', '--batch', '--batch-all-objects', '--buffer'],
    { maxBuffer: 1024 ** 3 },
  ),
});
