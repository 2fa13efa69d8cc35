import { defineConfig } from 'vitest/config';

/** Tests run from the sources: every workspace package offers them under the export condition `source`. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node', 'development|production'] } },
  test: {
    include: [
      '{apps,packages}/*/src/**/*.test.ts',
      'e2e/**/*.test.ts',
      'chaos/**/*.test.ts',
      'recipes/**/*.test.ts',
    ],
    setupFiles: process.env.CI ? ['.ci/seed.mjs'] : [],
    globalSetup: ['packages/postgres/src/testing/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: process.env.CI ? ['default', 'json'] : ['default'],
    outputFile: { json: 'test-results/vitest.json' },
  },
});
