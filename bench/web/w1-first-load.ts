import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { measured } from '../gates.ts';
import type { Measure } from '../report.models.ts';
import { openHouse } from './house.ts';

const assets = join(import.meta.dirname, '..', '..', 'dist', 'web', 'assets');
const kilobytesOf = (name: string) => gzipSync(readFileSync(join(assets, name))).length / 1000;

/** W1: the scripts that the browser asks for from signing in to Now, and the largest of the others. */
export async function benchFirstLoad(): Promise<Measure[]> {
  const house = await openHouse();
  try {
    const asked = new Set<string>();
    const page = await house.open('/', async (one) => {
      one.on('request', (request) => {
        const name = /\/assets\/([^/]+\.js)$/.exec(request.url())?.[1];
        if (name !== undefined) asked.add(name);
      });
    });
    await page.getByRole('region', { name: 'Needs you' }).waitFor();
    const all = readdirSync(assets).filter((name) => name.endsWith('.js'));
    const others = all.filter((name) => !asked.has(name));
    const first = [...asked].reduce((sum, name) => sum + kilobytesOf(name), 0);
    return [
      measured('W1 first', {
        what: 'scripts of the first load, gzip',
        numerator: first,
        unit: 'KB',
        note: `${asked.size} files`,
      }),
      measured('W1 chunk', {
        what: 'largest script that is loaded later, gzip',
        numerator: Math.max(...others.map(kilobytesOf)),
        unit: 'KB',
      }),
    ];
  } finally {
    await house.end();
  }
}
