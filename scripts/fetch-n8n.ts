/** Fetches the n8n that the tests and `pnpm n8n` run, unless it is there: `node scripts/fetch-n8n.ts`. */
import { N8nFailure } from '../n8n/run/failure.ts';
import { fetchRuntime } from '../n8n/run/runtime.ts';

try {
  await fetchRuntime(console.log);
} catch (error) {
  if (!(error instanceof N8nFailure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
