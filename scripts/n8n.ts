/** Starts a real n8n beside Halyard, with our package, credentials and workflows: `npx pnpm@12 n8n`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..');

const compiled = spawnSync(join(repository, 'node_modules/.bin/tsc'), ['-b', 'apps/api', 'packages/cli'], {
  cwd: repository,
  stdio: 'inherit',
});
if (compiled.status !== 0) {
  console.error('The build failed. The lines above say where; `pnpm types` repeats it.');
  process.exit(1);
}
const { runBeside } = await import('../n8n/run/main.ts');
await runBeside(repository);
