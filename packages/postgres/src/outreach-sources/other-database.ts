import { isIP } from 'node:net';
import type {
  OpenSource,
  OpenTable,
  OtherRow,
  OtherTable,
  RefusedRow,
  RowFate,
} from '@halyard/core/outreach-sources/other-table';
import { SourceFailed } from '@halyard/core/outreach-sources/other-table';
import { parseServer } from '@halyard/core/outreach-sources/source-url';
import pg from 'pg';
import type { OtherColumn } from './other-statements.js';
import { columnsOf, countWaiting, lockWaiting, someRows, writeFate } from './other-statements.js';
import type { Query } from './write-rows.js';
import { writeRows } from './write-rows.js';

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

  take(
    source: OpenSource,
    { limit, except }: { limit: number; except: readonly string[] },
    use: (rows: OtherRow[]) => Promise<RowFate[]>,
  ): Promise<{ rows: number; refused: RefusedRow[] }> {
    return this.#inTransaction(source, async (query) => {
      const rows = (await query(lockWaiting(source, limit, except))) as OtherRow[];
      if (rows.length === 0) return { rows: 0, refused: [] };
      const { refused } = await writeRows(query, this.#statements(source, await use(rows)));
      return { rows: rows.length, refused };
    });
  }

  write(source: OpenSource, fates: readonly (RowFate & { from: string })[]) {
    return this.#inTransaction(source, (query) => writeRows(query, this.#statements(source, fates)));
  }

  #statements(source: OpenSource, fates: readonly (RowFate & { from?: string })[]) {
    const now = this.parts.now();
    return fates.map(({ from, ...fate }) => ({
      rowId: fate.rowId,
      statement: writeFate(source, fate, now, from),
    }));
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
      // Else a deferred constraint would refuse at the commit, and nobody knew which row.
      await query({ text: 'set constraints all immediate', values: [] });
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

/** The certificate is held against the name, though it is the checked address that is connected to. */
function tlsOf(tls: OpenTable['settings']['tls'], host: string) {
  if (tls === 'disable') return false;
  const name = isIP(host) ? { host } : { servername: host };
  return { rejectUnauthorized: tls === 'verify', ...name };
}

function refused(error: unknown): never {
  const { message, code } = error as Error & { code?: string };
  const said = (message || code || 'no answer').replace(/\.$/, '');
  throw new SourceFailed(`The database of the source: ${said}.`, { cause: error });
}
