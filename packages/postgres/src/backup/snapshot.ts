import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Footer, Header, Section } from './archive.js';
import { BackupFailure, endOfRows, formatVersion, halyardVersion } from './archive.js';
import type { BackedUpTable } from './tables.js';
import { backedUpTables, columnList, unreadableTables } from './tables.js';

/** Held by whoever makes a backup, for as long as its session lasts. */
export const backupLock = `hashtextextended('halyard:backup', 0)`;

/** The database at one moment, read by a role that may read everything and write nothing. */
export class Snapshot {
  /** Known when everything was read. */
  rows = 0;
  #reading = false;

  private constructor(
    private readonly client: pg.Client,
    private readonly tables: readonly BackedUpTable[],
    readonly header: Header,
  ) {}

  /** `url` is the owner's. Throws a BackupFailure where there is one already, or a table cannot be read. */
  static async open(url: string): Promise<Snapshot> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      options: '-c role=halyard_backup -c statement_timeout=0 -c idle_in_transaction_session_timeout=0',
      application_name: 'halyard_backup',
    });
    client.on('error', () => {}); // what is read over a connection that breaks fails
    await client.connect().catch((error: Error & { code?: string }) => {
      throw new BackupFailure(
        error.code === '22023'
          ? 'The database lacks what backups need. Bring it up to date first: halyard migrate'
          : `The database cannot be reached (${error.message}). Check DATABASE_URL, and that PostgreSQL runs there.`,
      );
    });
    try {
      await lock(client);
      await client.query('begin isolation level repeatable read, read only');
      const unreadable = await unreadableTables(client);
      if (unreadable.length)
        throw new BackupFailure(
          `Backups could not read all of ${unreadable.join(', ')}: its migration lacks "call isolate(…)", or a grant to halyard_backup.`,
        );
      const { rows } = await client.query<{ schema: string; taken_at: Date }>(
        'select max(name) as schema, now() as taken_at from migrations',
      );
      return new Snapshot(client, await backedUpTables(client), {
        halyard_backup: formatVersion,
        halyard: halyardVersion(),
        schema: rows[0]?.schema ?? '',
        taken_at: rows[0]?.taken_at.toISOString() ?? '',
      });
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  /** The whole archive, not yet compressed. */
  async *read(): AsyncGenerator<Buffer> {
    this.#reading = true;
    const sum = createHash('sha256');
    const counted: Record<string, number> = {};
    for await (const chunk of this.#beforeFooter(counted)) {
      sum.update(chunk);
      yield chunk;
    }
    this.rows = Object.values(counted).reduce((all, rows) => all + rows, 0);
    // After everything: what a sequence gave out since the moment of the snapshot does no harm, and is not taken back.
    const footer: Footer = { rows: counted, sequences: await this.#sequences(), sha256: sum.digest('hex') };
    this.#reading = false;
    yield line(footer);
  }

  /** Gives the lock back. What is still being read is broken off: the server would wait for somebody to take it. */
  async close(): Promise<void> {
    if (this.#reading)
      (this.client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
    else await this.client.end();
  }

  async *#beforeFooter(counted: Record<string, number>): AsyncGenerator<Buffer> {
    yield line(this.header);
    for (const { name, quoted, columns } of this.tables) {
      yield line({ table: name, columns } satisfies Section);
      const rows = this.client.query(copyTo(`copy ${quoted} (${columnList(columns)}) to stdout`));
      for await (const chunk of rows) yield chunk as Buffer;
      counted[name] = rows.rowCount;
      yield endOfRows;
    }
  }

  async #sequences(): Promise<Record<string, number>> {
    const { rows } = await this.client.query<{ name: string; last: string }>(
      `select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences
        where schemaname in ('public', 'auth') and last_value is not null order by 1`,
    );
    return Object.fromEntries(rows.map(({ name, last }) => [name, Number(last)]));
  }
}

const line = (content: Header | Section | Footer): Buffer => Buffer.from(`${JSON.stringify(content)}\n`);

/** Who only looks whether there is one holds the lock for a moment: hence the second of waiting. */
async function lock(client: pg.Client): Promise<void> {
  await client.query(`set lock_timeout = '1s'`);
  await client.query(`select pg_advisory_lock(${backupLock})`).catch((error: { code?: string }) => {
    if (error.code !== '55P03') throw error;
    throw new BackupUnderWay('A backup is under way. Wait until it is finished.');
  });
  await client.query('set lock_timeout = 0');
}

export class BackupUnderWay extends BackupFailure {}
