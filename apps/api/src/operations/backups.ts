import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupRecord, PgBackupLog } from '@halyard/postgres/backup/backup-log';
import { Snapshot } from '@halyard/postgres/backup/snapshot';
import { unfinished, writeBackup } from '@halyard/postgres/backup/write-backup';
import type { Logger } from 'pino';

export interface BackupsOptions {
  databaseUrl: string;
  folder: string;
  /** How many are kept. */
  kept: number;
}

/** Files that were made here; others in the folder are left alone. */
const ours = /^halyard-\d{8}T\d{9}Z\.backup$/;

/** Makes backups of the whole installation beside what this process does, one at a time over all processes. */
export class Backups {
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: BackupsOptions,
    private readonly records: PgBackupLog,
    private readonly log: Logger,
  ) {}

  /** Begins one, which goes on beside. Throws BackupUnderWay while there is one, or a BackupFailure. */
  async start(): Promise<BackupRecord> {
    const snapshot = await Snapshot.open(this.options.databaseUrl);
    const name = `halyard-${snapshot.header.taken_at.replace(/[-:.]/g, '')}.backup`;
    try {
      const record = await this.records.begin(randomUUID(), name);
      this.#running = this.#make(record, snapshot);
      return record;
    } catch (error) {
      await snapshot.close();
      throw error;
    }
  }

  /** Breaks off the one under way, which is told as failed. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('Halyard was stopped.'));
    await this.#running;
  }

  /** What is told of a backup is told before its lock is free: else another process would believe that this one died. */
  async #make({ id, name }: BackupRecord, snapshot: Snapshot): Promise<void> {
    const { folder, kept } = this.options;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await removeUnfinished(folder);
      const written = await writeBackup(snapshot, join(folder, name), this.#stopping.signal);
      await this.records.finish(id, written);
      this.log.info({ backup: name, ...written }, 'a backup was made');
      await this.records.keepOnly(await removeOld(folder, kept));
    } catch (error) {
      this.log.error({ err: error, backup: name }, 'a backup failed');
      await this.records.fail(id, this.#reason(error)).catch((lost) => {
        this.log.error({ err: lost, backup: name }, 'that a backup failed could not be written down');
      });
    } finally {
      await snapshot.close();
    }
  }

  #reason(error: unknown): string {
    const { signal } = this.#stopping;
    return ((signal.aborted ? signal.reason : error) as Error).message;
  }
}

/** Left by processes that died: this one has the lock, so nobody writes them. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.endsWith(unfinished) && ours.test(name.slice(0, -unfinished.length)))
      await rm(join(folder, name));
}

/** Returns the names of those that are left. */
async function removeOld(folder: string, kept: number): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => ours.test(name)).sort();
  for (const name of names.slice(0, -kept)) await rm(join(folder, name));
  return names.slice(-kept);
}
