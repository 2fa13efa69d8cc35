import { isIP } from 'node:net';
import type {
  OpenSource,
  OpenTable,
  OtherRow,
  OtherTable,
  RowFate,
} from '@halyard/core/outreach-sources/other-table';
import { SourceFailed } from '@halyard/core/outreach-sources/other-table';
import { parseServer } from '@halyard/core/outreach-sources/source-url';
import pg from 'pg';
import type { OtherColumn, Statement } from './other-statements.js';
import { columnsOf, countWaiting, lockWaiting, someRows, writeFate } from './other-statements.js';

export interface OtherDatabaseParts {
  /** The address to connect to for a host that a user named; throws when it is one that may not be called. */
  addressOf: (host: string) => Promise<string>;
  now: () => Date;
}

const connectWithinMs = 10_000;
const statementWithinMs = 10_000;
const lockWithinMs = 3_000;
const goodbyeWithinMs = 2_000;
/** Their rows are locked while we take the items: should this process hang meanwhile, they are free again. */
const silentForMs = 60_000;

/** Tables in PostgreSQL databases of other services: one connection for each poll, none in between. */
export class PgOtherTable implements OtherTable {
  constructor(private readonly parts: OtherDatabaseParts) {}

  take(source: OpenSource, limit: number, use: (rows: OtherRow[]) => Promise<RowFate[]>): Promise<number> {
    return this.#inTransaction(source, async (query) => {
      const rows = (await query(lockWaiting(source, limit))) as OtherRow[];
      if (rows.length === 0) return 0;
      for (const fate of await use(rows)) await query(writeFate(source, fate, this.parts.now()));
      return rows.length;
    });
  }

  write(source: OpenSource, fates: readonly (RowFate & { from: string })[]): Promise<Set<string>> {
    return this.#inTransaction(source, async (query) => {
      const written = new Set<string>();
      for (const { from, ...fate } of fates) {
        const statement = writeFate(source, fate, this.parts.now(), from);
        const found = await query({ ...statement, text: `${statement.text} returning 1` });
        if (found.length > 0) written.add(fate.rowId);
      }
      return written;
    });
  }

  look(source: OpenSource, most: number): Promise<{ pending: number; first: OtherRow | null }> {
    return this.#inTransaction(source, async (query) => {
      const [first] = (await query(lockWaiting(source, 1))) as OtherRow[];
      const [counted] = await query(countWaiting(source, most));
      return { pending: Number(counted?.n ?? 0), first: first ?? null };
    });
  }

  describe(table: OpenTable): Promise<{ columns: OtherColumn[]; rows: (string | null)[][] }> {
    return this.#inTransaction(table, async (query) => {
      const columns = (await query(columnsOf(table))) as unknown as OtherColumn[];
      if (columns.length === 0) return { columns, rows: [] };
      const rows = (await query(someRows(table, columns))) as { cells: (string | null)[] }[];
      return { columns, rows: rows.map(({ cells }) => cells) };
    });
  }

  /** What they refuse, or what keeps us from them, is a SourceFailed; what `use` throws goes through as it is. */
  async #inTransaction<T>(source: OpenTable, work: (query: Query) => Promise<T>): Promise<T> {
    const client = await this.#connect(source);
    const query: Query = ({ text, values }) => client.query(text, values).then(({ rows }) => rows, refused);
    try {
      await query({ text: 'begin', values: [] });
      const result = await work(query);
      await query({ text: 'commit', values: [] });
      return result;
    } finally {
      await farewell(client); // what is open is rolled back
    }
  }

  async #connect({ url, settings }: OpenTable): Promise<pg.Client> {
    const { host, port, database, user, password } = parseServer(url);
    const address = await this.parts.addressOf(host).catch(refused);
    const client = new pg.Client({
      host: address,
      port,
      database,
      user,
      password,
      ssl: tlsOf(settings.tls, host),
      application_name: 'halyard',
      connectionTimeoutMillis: connectWithinMs,
      statement_timeout: statementWithinMs,
      query_timeout: statementWithinMs + 5_000,
      lock_timeout: lockWithinMs,
      idle_in_transaction_session_timeout: silentForMs,
    });
    client.on('error', () => {}); // the query under way tells
    await client.connect().catch(refused);
    return client;
  }
}

/** A server that never hangs up must not keep the poll, and with it those of other organizations. */
async function farewell(client: pg.Client): Promise<void> {
  const late = setTimeout(() => client.connection.stream.destroy(), goodbyeWithinMs);
  await client.end().catch(() => {});
  clearTimeout(late);
}

type Query = (statement: Statement) => Promise<Record<string, unknown>[]>;

/** The certificate is held against the name, though it is the checked address that is connected to. */
function tlsOf(tls: OpenTable['settings']['tls'], host: string) {
  if (tls === 'disable') return false;
  const name = isIP(host) ? { host } : { servername: host };
  return { rejectUnauthorized: tls === 'verify', ...name };
}

function refused(error: unknown): never {
  const { message, code } = error as Error & { code?: string };
  throw new SourceFailed(`The database of the source: ${message || code || 'no answer'}.`);
}
