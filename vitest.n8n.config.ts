import { defineConfig } from 'vitest/config';
import { LastAsksWhatRan } from './e2e-n8n/sequence.ts';

/** The suite on a real n8n: `pnpm test:n8n`. It fetches 2 GB the first time, so `pnpm test` leaves it out. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node', 'development|production'] } },
  test: {
    include: ['e2e-n8n/**/*.test.ts'],
    globalSetup: ['e2e-n8n/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One n8n and one Halyard for all.
    fileParallelism: false,
    sequence: { sequencer: LastAsksWhatRan },
    reporters: process.env.CI ? ['default', 'json'] : ['default'],
    outputFile: { json: 'test-results/vitest-n8n.json' },
  },
});
