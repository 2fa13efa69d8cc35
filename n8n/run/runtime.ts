import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { N8nFailure } from './failure.ts';
import { runCommand } from './run-command.ts';

const repository = join(import.meta.dirname, '../..');
const pinned = join(repository, 'n8n/runtime');
const parts = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml'];

/** Where the fetched n8n lies: HALYARD_N8N_RUNTIME, else a folder that every run from this clone shares. */
const fetchedTo = (): string => process.env.HALYARD_N8N_RUNTIME || join(repository, '.halyard/n8n/runtime');

/** n8n's own script, to be run by Node. */
export const n8nScript = (): string => join(fetchedTo(), 'node_modules/n8n/bin/n8n');

/** Whether what was fetched is what the lock file pins, compiled for this Node. */
export function isFetched(): boolean {
  const stamp = join(fetchedTo(), 'fetched');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted();
}

function wanted(): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  for (const part of parts) hash.update(readFileSync(join(pinned, part)));
  return `${hash.digest('hex')}\n`;
}

/** Fetches the pinned n8n from the package registry: 2 GB, some 90 seconds, once. */
export async function fetchRuntime(say: (line: string) => void): Promise<void> {
  if (isFetched()) return;
  assertCompiler();
  const folder = fetchedTo();
  mkdirSync(folder, { recursive: true });
  for (const part of parts) copyFileSync(join(pinned, part), join(folder, part));
  say('… Fetching n8n (about 2 GB, one or two minutes, the first time only)');
  const began = performance.now();
  await runCommand('npx', ['-y', 'pnpm@12', 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: folder,
    env: surroundings(folder),
    failed: 'n8n could not be fetched from the package registry',
  });
  writeFileSync(join(folder, 'fetched'), wanted());
  say(`✓ Fetching n8n (${((performance.now() - began) / 1000).toFixed(0)} s)`);
}

/**
 * sqlite3 is compiled by this Node and for it. Its headers come with the package `node-linux-*`, so that nothing is
 * fetched from outside the registry. CI keeps pnpm from asking anything.
 */
function surroundings(folder: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_(?!config_registry$)/i.test(name));
  return {
    ...Object.fromEntries(own),
    CI: 'true',
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    ...(process.platform === 'linux' && {
      npm_config_nodedir: join(folder, `node_modules/node-linux-${process.arch}`),
    }),
  };
}

function assertCompiler(): void {
  const there = (tool: string) => spawnSync(tool, ['--version']).status === 0;
  const missing = [
    { tool: 'python3', is: there('python3') },
    { tool: 'make', is: there('make') },
    { tool: 'g++', is: there('c++') || there('g++') || there('clang++') },
  ].flatMap(({ tool, is }) => (is ? [] : tool));
  if (!missing.length) return;
  const how =
    process.platform === 'darwin' ? 'xcode-select --install' : `apt-get install -y ${missing.join(' ')}`;
  throw new N8nFailure(
    `n8n's database driver is compiled on this machine, which lacks ${missing.join(', ')}. Install it (${how}) and run this again.`,
  );
}
