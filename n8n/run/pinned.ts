import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runCommand } from './run-command.ts';

const parts = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml'];

/** Packages that are no part of the workspace: pinned with their lock file in one folder, fetched into another. */
export interface Pinned {
  pinned: string;
  folder: string;
  /** What the person who waits is told: "n8n (about 2 GB, one or two minutes, the first time only)". */
  what: string;
  env?: NodeJS.ProcessEnv;
}

/** Whether what was fetched is what the lock file pins, compiled for this Node. */
export function isFetched({ pinned, folder }: Pinned): boolean {
  const stamp = join(folder, 'fetched');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(pinned);
}

function fingerprint(pinned: string): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  for (const part of parts) hash.update(readFileSync(join(pinned, part)));
  return `${hash.digest('hex')}\n`;
}

/** Fetches from the package registry what is not there yet. */
export async function fetchPinned(wanted: Pinned, say: (line: string) => void): Promise<void> {
  const { pinned, folder, what, env } = wanted;
  const [name] = what.split(' (');
  mkdirSync(folder, { recursive: true });
  for (const part of parts) copyFileSync(join(pinned, part), join(folder, part));
  say(`… Fetching ${what}`);
  const began = performance.now();
  await runCommand('npx', ['-y', 'pnpm@12', 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: folder,
    env: { ...surroundings(), ...env },
    failed: `${name} could not be fetched from the package registry`,
  });
  writeFileSync(join(folder, 'fetched'), fingerprint(pinned));
  say(`✓ Fetching ${name} (${((performance.now() - began) / 1000).toFixed(0)} s)`);
}

/** Nothing of the package manager that started this; the Node that runs it. CI keeps pnpm from asking anything. */
export function surroundings(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_(?!config_registry$)/i.test(name));
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
  return { ...Object.fromEntries(own), CI: 'true', PATH: path };
}
