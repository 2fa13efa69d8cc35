import type pg from 'pg';
import { backupLock } from './snapshot.js';
import type { WrittenBackup } from './write-backup.js';

/** A backup that was asked for, and what became of it. */
export interface BackupRecord {
  id: string;
  /** Of its file. */
  name: string;
  status: 'running' | 'finished' | 'failed';
  bytes: number | null;
  rows: number | null;
  sha256: string | null;
  started_at: Date;
  finished_at: Date | null;
  failed_reason: string | null;
}

const columns = `id, name, bytes, row_count as rows, sha256, started_at, finished_at, failure as failed_reason,
  case when finished_at is null then 'running' when failure is null then 'finished' else 'failed' end as status`;

/** Which backups were asked for, for every process of an installation to tell. */
export class PgBackupLog {
  constructor(private readonly pool: pg.Pool) {}

  /** To be called by who holds the lock of backups. */
  async begin(id: string, name: string): Promise<BackupRecord> {
    await this.pool.query('insert into backups (id, name) values ($1, $2)', [id, name]);
    return (await this.find(id)) as BackupRecord;
  }

  async finish(id: string, { bytes, rows, sha256 }: WrittenBackup): Promise<void> {
    await this.pool.query(
      'update backups set finished_at = now(), bytes = $2, row_count = $3, sha256 = $4 where id = $1',
      [id, bytes, rows, sha256],
    );
  }

  async fail(id: string, reason: string): Promise<void> {
    await this.pool.query('update backups set finished_at = now(), failure = $2 where id = $1', [id, reason]);
  }

  /** Newest first. */
  async list(): Promise<BackupRecord[]> {
    await this.#settle();
    const { rows } = await this.pool.query<BackupRecord>(
      `select ${columns} from backups order by started_at desc, id desc`,
    );
    return rows;
  }

  async find(id: string): Promise<BackupRecord | null> {
    await this.#settle();
    const { rows } = await this.pool.query<BackupRecord>(
      `select ${columns} from backups where id::text = $1`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** Of backups whose files are gone, and of those that failed before the oldest that is kept. */
  async keepOnly(names: readonly string[]): Promise<void> {
    await this.pool.query(
      `delete from backups where finished_at is not null and name <> all ($1)
         and (failure is null or name < (select min(name) from unnest($1::text[]) as name))`,
      [names],
    );
  }

  /** Whoever makes a backup holds its lock: where nobody does, what stands as running was left by a process that died. */
  async #settle(): Promise<void> {
    await this.pool.query(
      `update backups set finished_at = now(), failure = 'The process that made it ended before it was finished.'
        where finished_at is null and pg_try_advisory_xact_lock_shared(${backupLock})`,
    );
  }
}
