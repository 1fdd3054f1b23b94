import { defineConfig } from 'vite';

/** `main` serves, `lifeboat` is the command, the workers are threads of their own. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/server',
    target: 'node26',
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: 'src/server/main.ts',
        lifeboat: 'src/cli/main.ts',
        'capture.worker': 'src/server/engines/embedded/capture.worker.ts',
      },
    },
  },
});
