import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** In development the API runs inside the Vite server: one process, one port. */
function apiInDevelopment(): Plugin {
  return {
    name: 'api-in-development',
    apply: 'serve',
    async configureServer(vite) {
      const { startForDevelopment } = await vite.ssrLoadModule(resolve('src/server/start.ts'));
      const app = await startForDevelopment();
      await app.ready();
      vite.middlewares.use((request, response, next) =>
        request.url?.startsWith('/api/') ? app.routing(request, response) : next(),
      );
    },
  };
}

/**
 * Beside each script and style sheet stand its compressed forms, which the server sends as they are:
 * brotli where the browser takes it (https and the own machine), gzip elsewhere.
 */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const assets = join(dir, 'assets');
      for (const name of readdirSync(assets).filter((one) => /\.(js|css)$/.test(one))) {
        const file = join(assets, name);
        const content = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(content));
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: 'src/web',
  plugins: [react(), apiInDevelopment(), compressed()],
  // The server replaces this with a number of its own each time it sends the page.
  html: { cspNonce: '{{nonce}}' },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // The content security policy allows no font that stands in the style sheet itself.
    assetsInlineLimit: 0,
    // A browser asks a server without HTTP/2 for six files at a time: a few larger ones come sooner.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'] },
            { name: 'table', test: /data-table/ },
            { name: 'common', minShareCount: 3 },
          ],
        },
      },
    },
    // light-dark() and :has() as they are written.
    target: ['chrome123', 'firefox121', 'safari17.5'],
  },
});
