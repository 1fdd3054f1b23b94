import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { serveWebPage } from './web-page.ts';

const script = 'console.log("Lifeboat");\n'.repeat(100);

async function startedOn(files: Record<string, string | Buffer>) {
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, 'assets', name), content);
  const app = fastify();
  await serveWebPage(app, folder);
  return (name: string, encodings?: string) =>
    app.inject({
      url: `/assets/${name}`,
      headers: encodings === undefined ? {} : { 'accept-encoding': encodings },
    });
}

test('scripts come in the smallest form that the browser reads, and are kept for ever', async () => {
  const get = await startedOn({
    'page.js': script,
    'page.js.br': brotliCompressSync(script),
    'page.js.gz': gzipSync(script),
  });
  const [local, remote, plain] = [
    await get('page.js', 'gzip, deflate, br'),
    await get('page.js', 'gzip, deflate'),
    await get('page.js'),
  ];
  expect(brotliDecompressSync(local.rawPayload).toString()).toBe(script);
  expect(gunzipSync(remote.rawPayload).toString()).toBe(script);
  expect(plain.body).toBe(script);
  for (const { headers } of [local, remote, plain])
    expect(headers).toMatchObject({
      'content-type': expect.stringContaining('javascript'),
      'cache-control': 'max-age=31536000, immutable',
      vary: 'accept-encoding',
    });
  expect((await get('page.js.br')).statusCode).toBe(404);
});

test('what has no smaller form, as a font, comes as it is', async () => {
  const get = await startedOn({ 'inter.woff2': 'font' });
  const font = await get('inter.woff2', 'gzip, deflate, br');
  expect(font.body).toBe('font');
  expect(font.headers['content-encoding']).toBeUndefined();
});
