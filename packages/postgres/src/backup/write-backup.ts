import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Snapshot } from './snapshot.js';

export interface WrittenBackup {
  bytes: number;
  rows: number;
  /** Of the file, as sha256sum tells it. */
  sha256: string;
}

export const unfinished = '.part';

/** Streams a snapshot into `file`, for its owner only. Under its name it is whole and on the disk, or not there. */
export async function writeBackup(
  snapshot: Pick<Snapshot, 'read' | 'rows'>,
  file: string,
  signal?: AbortSignal,
): Promise<WrittenBackup> {
  const part = file + unfinished;
  const sum = createHash('sha256');
  const summing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(
      Readable.from(snapshot.read(), { objectMode: false }),
      createGzip({ level: 6 }),
      summing,
      createWriteStream(part, { mode: 0o600, flush: true }),
      { ...(signal && { signal }) },
    );
    await rename(part, file);
    await syncFolder(dirname(file));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return { bytes: (await stat(file)).size, rows: snapshot.rows, sha256: sum.digest('hex') };
}

/** A rename is on the disk when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
