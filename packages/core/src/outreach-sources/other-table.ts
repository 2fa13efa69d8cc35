import type { OutreachSourceLook, SourceSettings } from '@halyard/contracts/outreach/source';

/** A row of another service's table, by the names that the mapping gives its columns. */
export type OtherRow = { row_id: string } & Record<string, unknown>;

/** Of a row of more bytes nothing but its key and `row_too_large` is read: as much as a request to the API may hold. */
export const mostRowBytes = 1_048_576;

/** What is to stand in their table of one row. */
export interface RowFate {
  rowId: string;
  status: string;
  error: string | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  messageId: string | null;
}

/** A row that their table refuses to have written, by a constraint or a trigger, and what it says. */
export interface RefusedRow {
  rowId: string;
  reason: string;
}

/** A table that can be connected to: lives in memory only, never logged. */
export interface OpenTable {
  settings: Pick<SourceSettings, 'tls' | 'schema' | 'table'>;
  url: string;
}

export interface OpenSource extends OpenTable {
  settings: SourceSettings;
  /** Rows of these alone, where a column names the tenant. */
  tenants: readonly string[];
}

/** The table of another service, in a database that is not ours. What goes wrong there is thrown as SourceFailed. */
export interface OtherTable {
  /**
   * Locks rows that wait, passing over `except` and those that somebody else has, and writes what `use` says of each
   * before they are free again. A refused row waits as before; when anything else fails in between, all of them do.
   */
  take(
    source: OpenSource,
    which: { limit: number; except: readonly string[] },
    use: (rows: OtherRow[]) => Promise<RowFate[]>,
  ): Promise<{ rows: number; refused: RefusedRow[] }>;
  /** Writes later fates, where the row still has the status that we wrote last. `written`: rows that have theirs now. */
  write(
    source: OpenSource,
    fates: readonly (RowFate & { from: string })[],
  ): Promise<{ written: Set<string>; refused: RefusedRow[] }>;
  /** Whether rows could be taken; at most `most` are counted. */
  look(source: OpenSource, most: number): Promise<{ pending: number; first: OtherRow | null }>;
  /** The columns that may be read, and a few rows, the greatest keys first. */
  describe(table: OpenTable): Promise<Pick<OutreachSourceLook, 'columns' | 'rows'>>;
}

/** The other database refused, or could not be reached: a sentence for whoever set it up. */
export class SourceFailed extends Error {
  override readonly name = 'SourceFailed';
}
