import { createRequire } from 'node:module';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import LongestFirst from './.ci/longest-first.ts';

const n8nNode = join(import.meta.dirname, 'packages/n8n-nodes-halyard/package.json');

/** What changes its process for whoever comes after: by another clock, or by its tracer, of which a process has one. */
const alone = [
  'e2e/**/*.test.ts',
  'apps/api/src/operations/open-telemetry.test.ts',
  'apps/api/src/retention/retention-service.test.ts',
  'apps/api/src/server.db.test.ts',
];

/** Tests run from the sources: every workspace package offers them under the export condition `source`. */
export default defineConfig({
  resolve: {
    conditions: ['source'],
    // Its ES modules import without extensions, which Node does not take.
    alias: { 'n8n-workflow': createRequire(n8nNode).resolve('n8n-workflow') },
  },
  ssr: { resolve: { conditions: ['source', 'node', 'development|production'] } },
  test: {
    setupFiles: process.env.CI ? ['.ci/seed.mjs'] : [],
    globalSetup: ['packages/postgres/src/testing/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // On two cores: tests of whole processes took 0.64 of a core each, and waited for the rest.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    reporters: process.env.CI ? ['default', 'json'] : ['default'],
    outputFile: { json: 'test-results/vitest.json' },
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      {
        extends: true,
        // After all others: dead processes and those that take their place have the machine to themselves.
        test: { name: 'crash', include: ['chaos/**/*.test.ts'], sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: 'together',
          // To load the whole server anew for each file took half of the processor's time.
          isolate: false,
          include: [
            '{apps,packages}/*/src/**/*.test.ts',
            'packages/n8n-nodes-halyard/nodes/**/*.test.ts',
            'recipes/**/*.test.ts',
            'n8n/**/*.test.ts',
          ],
          exclude: [...configDefaults.exclude, ...alone],
        },
      },
    ],
  },
});
