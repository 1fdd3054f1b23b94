import { resolve } from 'node:path';
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

export default defineConfig({
  root: 'src/web',
  plugins: [react(), apiInDevelopment()],
  // The server replaces this with a number of its own each time it sends the page.
  html: { cspNonce: '{{nonce}}' },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // The content security policy allows no font that stands in the style sheet itself.
    assetsInlineLimit: 0,
    // light-dark() and :has() as they are written.
    target: ['chrome123', 'firefox121', 'safari17.5'],
  },
});
