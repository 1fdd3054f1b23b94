import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig, preview } from 'vite';

const root = join(import.meta.dirname, '..', '..');

const config: InlineConfig = {
  configFile: false,
  root: join(root, 'src', 'web'),
  plugins: [react()],
  mode: 'production',
  logLevel: 'error',
  build: {
    outDir: join(root, 'node_modules', '.cache', 'parts'),
    emptyOutDir: true,
    rollupOptions: { input: join(root, 'src', 'web', 'dev', 'parts', 'index.html') },
  },
  preview: { host: '127.0.0.1', port: 0 },
};

/** The page of all parts, built as people get the others, without the rest of Lifeboat. */
export async function startPartsPage(): Promise<{ url: string; end: () => Promise<void> }> {
  await build(config);
  const server = await preview(config);
  const address = server.httpServer.address();
  if (typeof address !== 'object' || !address) throw new Error('The page of parts has no port.');
  const url = `http://127.0.0.1:${address.port}/dev/parts/index.html`;
  return { url, end: () => server.close() };
}
