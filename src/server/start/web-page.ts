import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** What the build writes where the number of each answer belongs (`html.cspNonce` of vite.config.ts). */
const placeholder = '{{nonce}}';

/**
 * The built page. Files below assets/ have their content's hash in their names and may be kept for
 * ever; everything else is asked for anew each time. Addresses of pages inside the page answer with it.
 */
export async function serveWebPage(app: FastifyInstance, folder: string): Promise<void> {
  const file = join(folder, 'index.html');
  if (!existsSync(file)) return;
  const page = await readFile(file, 'utf8');
  await app.register(fastifyStatic, {
    root: folder,
    // One route for each file that is there: everything else stays a plain 404.
    wildcard: false,
    cacheControl: false,
    index: false,
    globIgnore: ['index.html', '**/*.{br,gz}'],
    preCompressed: true,
    setHeaders: (reply, path) => {
      const forEver = path.startsWith(join(folder, 'assets'));
      reply.header('cache-control', forEver ? 'max-age=31536000, immutable' : 'no-cache');
    },
  });
  const send = (reply: FastifyReply) =>
    reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(withNonces(page, reply.cspNonce));
  for (const path of pages) app.get(path, (_, reply) => send(reply));
  // A mistyped address of a person is answered by the page, which offers the way back.
  app.get('/*', ({ url, headers }, reply) => {
    const isForPeople = !url.startsWith('/api/') && headers.accept?.includes('text/html');
    return isForPeople ? send(reply.code(404)) : reply.callNotFound();
  });
}

/** Scripts and styles have a number each; Mantine reads that of styles from the meta element. */
const withNonces = (page: string, { script, style }: { script: string; style: string }): string =>
  page
    .replaceAll(/(<script\b[^>]*nonce=")\{\{nonce\}\}/g, (_, tag: string) => tag + script)
    .replaceAll(placeholder, style);

/** What the page's own router knows: these can be opened, sent and reloaded. */
const pages = [
  '/',
  '/backups',
  '/backups/*',
  '/restores',
  '/restores/*',
  '/schedules',
  '/schedules/*',
  '/queue',
  '/coverage',
  '/activity',
  '/settings',
  '/settings/*',
];
