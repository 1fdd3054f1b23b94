import { resolve } from 'node:path';
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
  plugins: [apiInDevelopment()],
  build: { outDir: '../../dist/web', emptyOutDir: true },
});
