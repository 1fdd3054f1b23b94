import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig } from 'vite';

const workers = globSync('src/server/**/*.worker.ts').map((path) => [basename(path, '.ts'), path]);

/** `main` serves, `lifeboat` is the command, `adopt` and `recovery-kit` need no server, workers are threads. */
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
        adopt: 'src/server/adopt.ts',
        'recovery-kit': 'src/server/recovery-kit.ts',
        ...Object.fromEntries(workers),
      },
      // All side by side: a worker is found beside the file that starts it.
      output: { chunkFileNames: '[name]-[hash].js' },
    },
  },
});
