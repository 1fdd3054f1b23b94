import { defineConfig } from 'vitest/config';

const whole = ['src/**/*.app.test.ts', 'src/**/*.engine.test.ts', 'src/**/*.oracle.test.ts'];
const slow = ['**/*.cluster.test.ts', '**/*.velero.test.ts', '**/*.repository.test.ts', ...whole];

/**
 * unit: seconds, no set-up · whole: the whole server or engine on the sandbox, faults included, and
 * rules against what others say (`oracle`) ·
 * databases: SQLite and PostgreSQL · browser: Chromium on the built server · cluster: the real control plane · velero: a real Velero ·
 * dashboard: Chromium on the built server on the real control plane.
 */
export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    // The default leaves a core free, which on two of them halves the speed.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,testbed,scripts,scenario}/**/*.test.ts'],
          exclude: [...slow, 'src/web/**'],
        },
      },
      {
        test: { name: 'whole', include: whole, testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        test: {
          name: 'databases',
          include: ['src/**/*.repository.test.ts'],
          globalSetup: 'src/server/testing/postgres.setup.ts',
          testTimeout: 30_000,
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
        test: {
          name: 'browser',
          include: ['e2e/**/*.browser.test.ts'],
          globalSetup: 'e2e/harness/browser.setup.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'dashboard',
          include: ['e2e/cluster/*.dashboard.test.ts'],
          globalSetup: ['testbed/cluster.setup.ts', 'e2e/harness/browser.setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: { name: 'web', include: ['src/web/**/*.test.{ts,tsx}'], environment: 'jsdom' },
      },
    ],
  },
});
