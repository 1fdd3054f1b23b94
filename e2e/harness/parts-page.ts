import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';

/** The page of all parts, as `npm run dev` serves it, without the rest of Lifeboat. */
export async function startPartsPage(): Promise<{ url: string; end: () => Promise<void> }> {
  const server = await createServer({
    configFile: false,
    root: join(import.meta.dirname, '..', '..', 'src', 'web'),
    plugins: [react()],
    logLevel: 'error',
    cacheDir: join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'parts'),
    server: { host: '127.0.0.1', port: 0, hmr: false },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || !address) throw new Error('The page of parts has no port.');
  const url = `http://127.0.0.1:${address.port}/dev/parts/index.html`;
  return { url, end: () => server.close() };
}
