/** Builds the dashboard when its sources changed since the last time: `node scripts/build-dashboard.ts`. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const repository = join(import.meta.dirname, '..');
const folder = join(repository, 'apps/dashboard');

/** Where the built dashboard lies. */
export const dashboardFolder = join(folder, 'out');
const stamp = join(dashboardFolder, 'built-from');

/** What the build depends on, but for the contracts. */
const sources = [
  'apps/dashboard/src/**/*.{ts,tsx,css,json,svg}',
  'apps/dashboard/*.{ts,mjs,json}',
  'packages/client/src/client.ts',
  'pnpm-lock.yaml',
];

function fingerprint(): string {
  const generated = /\.test\.ts$|next-env\.d\.ts$/;
  const own = globSync(sources, { cwd: repository }).filter((file) => !generated.test(file));
  const hash = createHash('sha256');
  for (const file of [...own, ...contractsOf(own)].sort())
    hash.update(file).update(readFileSync(join(repository, file)));
  return hash.digest('hex');
}

/** The contracts that these files import, and what those import: most of them no page needs. */
function contractsOf(files: readonly string[]): Set<string> {
  const found = new Set<string>();
  const follow = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, path = ''] of textOf(file).matchAll(/from '(\.[^']+)\.js'/g))
      follow(join(dirname(file), `${path}.ts`));
  };
  for (const file of files)
    for (const [, path = ''] of textOf(file).matchAll(/from '@halyard\/contracts\/([^']+)'/g))
      follow(`packages/contracts/src/${path}.ts`);
  return found;
}

const textOf = (file: string): string => readFileSync(join(repository, file), 'utf8');

/** Needs the packages to be compiled. Returns what Next.js said when it failed, else null. */
export async function buildDashboard(): Promise<string | null> {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return null;
  const began = performance.now();
  console.log('… Building the dashboard');
  const next = spawn(join(folder, 'node_modules/.bin/next'), ['build'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [next.stdout, next.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const [code] = await once(next, 'close');
  if (said.includes('Another next build process is already running')) {
    await pause(1_000);
    return buildDashboard(); // which finds that nothing is stale any more, once the other one is through
  }
  if (code !== 0) return said;
  writeFileSync(stamp, wanted);
  console.log(`✓ Building the dashboard (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  return null;
}

if (import.meta.main) {
  const failure = await buildDashboard();
  if (failure !== null) {
    console.error(failure);
    process.exit(1);
  }
}
