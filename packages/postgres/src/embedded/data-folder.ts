import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { chown, mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account } from './account.js';
import { canRead } from './account.js';
import { sharedFolder } from './binaries.js';

/** Where the data of a server is, and how to fill and remove it. */
export interface DataFolder {
  path: string;
  initialised: boolean;
  /** `create` fills an empty folder of the server's account; it takes its place only when that went well. */
  fill(create: (folder: string) => Promise<void>): Promise<void>;
  remove(): Promise<void>;
}

/**
 * The data lies at `wanted`; as root, when the server's account cannot get there, `wanted` is a link to a folder under
 * /var/lib/halyard.
 */
export async function openDataFolder(wanted: string, account: Account | null): Promise<DataFolder> {
  await mkdir(dirname(wanted), { recursive: true });
  const path = await placeFor(wanted, account);
  return {
    path,
    initialised: existsSync(join(path, 'PG_VERSION')),
    async fill(create) {
      const unfinished = `${path}.unfinished`;
      await rm(unfinished, { recursive: true, force: true });
      await mkdir(unfinished, { recursive: true, mode: 0o700 });
      if (account) await chown(unfinished, account.uid, account.gid);
      await create(unfinished);
      await rename(unfinished, path);
    },
    async remove() {
      await rm(path, { recursive: true, force: true });
      await rm(wanted, { recursive: true, force: true });
    },
  };
}

async function placeFor(wanted: string, account: Account | null): Promise<string> {
  if (isLink(wanted)) return readlink(wanted);
  if (!account || existsSync(wanted) || canRead(account, [dirname(wanted)])) return wanted;
  const elsewhere = join(sharedFolder, `data-${randomBytes(6).toString('hex')}`);
  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  await symlink(elsewhere, wanted);
  return elsewhere;
}

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
