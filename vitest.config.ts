import { defineConfig } from 'vitest/config';

const slow = ['**/*.cluster.test.ts', '**/*.velero.test.ts', '**/*.repository.test.ts'];

/** unit: seconds, no set-up · databases: SQLite and PostgreSQL · cluster: the real control plane. */
export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,testbed,scripts,scenario}/**/*.test.ts'],
          exclude: [...slow, 'src/web/**'],
        },
      },
      {
        test: {
          name: 'databases',
          include: ['src/**/*.repository.test.ts'],
          globalSetup: 'src/server/testing/postgres.setup.ts',
        },
      },
      {
        test: {
          name: 'cluster',
          include: ['{src,testbed}/**/*.cluster.test.ts'],
          globalSetup: 'testbed/cluster.setup.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'velero',
          include: ['src/**/*.velero.test.ts'],
          globalSetup: 'testbed/velero.setup.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: { name: 'web', include: ['src/web/**/*.test.{ts,tsx}'], environment: 'jsdom' },
      },
    ],
  },
});
