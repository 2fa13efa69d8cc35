/** Builds what is stale and starts Halyard on this machine: `npx pnpm@12 start`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { buildDashboard, dashboardFolder } from './build-dashboard.ts';

const repository = join(import.meta.dirname, '..');

function assertWritable(): void {
  try {
    accessSync(repository, constants.W_OK);
  } catch {
    console.error(
      `The folder ${repository} cannot be written. Change its owner, or clone Halyard where you may write.`,
    );
    process.exit(1);
  }
}

async function build(): Promise<void> {
  const began = performance.now();
  console.log('… Building what is stale');
  const compiler = spawn(join(repository, 'node_modules/.bin/tsc'), ['-b', 'apps/api', 'packages/client'], {
    cwd: repository,
    stdio: 'inherit',
  });
  const [code] = await once(compiler, 'exit');
  if (code !== 0) {
    console.error('The build failed. The lines above say where; `pnpm types` repeats it.');
    process.exit(1);
  }
  console.log(`✓ Building what is stale (${((performance.now() - began) / 1000).toFixed(1)} s)`);
}

async function buildPages(): Promise<void> {
  const failure = await buildDashboard();
  if (failure === null) return;
  console.error(`${failure}\nThe dashboard could not be built. The lines above say why.`);
  process.exit(1);
}

assertWritable();
await build();
await buildPages();
process.env.HALYARD_DASHBOARD_DIR ||= dashboardFolder;
const { runLocal } = await import('@halyard/api/local/main');
await runLocal(repository);
