import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { N8nFailure } from './failure.ts';
import type { Pinned } from './pinned.ts';
import { fetchPinned, isFetched as isThere } from './pinned.ts';

const repository = join(import.meta.dirname, '../..');

/**
 * The pinned n8n, in HALYARD_N8N_RUNTIME, else in a folder that every run from this clone shares. sqlite3 is compiled by
 * this Node and for it; its headers come with the package `node-linux-*`, so that nothing is fetched from outside the
 * registry.
 */
function runtime(): Pinned {
  const folder = process.env.HALYARD_N8N_RUNTIME || join(repository, '.halyard/n8n/runtime');
  const headers = { npm_config_nodedir: join(folder, `node_modules/node-linux-${process.arch}`) };
  return {
    pinned: join(repository, 'n8n/runtime'),
    folder,
    what: 'n8n (about 2 GB, one or two minutes, the first time only)',
    ...(process.platform === 'linux' && { env: headers }),
  };
}

/** n8n's own script, to be run by Node. */
export const n8nScript = (): string => join(runtime().folder, 'node_modules/n8n/bin/n8n');

/** Whether what was fetched is what the lock file pins, compiled for this Node. A folder that is named is taken as it is. */
export const isFetched = (): boolean =>
  process.env.HALYARD_N8N_RUNTIME ? existsSync(join(runtime().folder, 'fetched')) : isThere(runtime());

/** Fetches the pinned n8n from the package registry: 2 GB, some 90 seconds, once. */
export async function fetchRuntime(say: (line: string) => void): Promise<void> {
  if (isFetched()) return;
  assertCompiler();
  await fetchPinned(runtime(), say);
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
