import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * The built page. Files below assets/ have their content's hash in their names and may be kept for
 * ever; everything else is asked for anew each time.
 */
export async function serveWebPage(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: folder,
    // One route for each file that is there: everything else stays a plain 404.
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const forEver = path.startsWith(join(folder, 'assets'));
      reply.header('cache-control', forEver ? 'max-age=31536000, immutable' : 'no-cache');
    },
  });
}
