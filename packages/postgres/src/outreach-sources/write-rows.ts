import type { RefusedRow } from '@halyard/core/outreach-sources/other-table';
import { SourceFailed } from '@halyard/core/outreach-sources/other-table';
import type { Statement } from './other-statements.js';

export type Query = (statement: Statement) => Promise<Record<string, unknown>[]>;

interface RowWrite {
  rowId: string;
  statement: Statement;
}

export interface Written {
  written: Set<string>;
  refused: RefusedRow[];
}

/**
 * Writes rows of another service's table, in its open transaction: all at once, and when one is refused, each by itself,
 * so that the refused one is left as it was and the others are written.
 */
export async function writeRows(query: Query, writes: readonly RowWrite[]): Promise<Written> {
  const together = await tryWrites(query, writes);
  if (together.refused.length === 0) return together;
  const all: Written = { written: new Set(), refused: [] };
  for (const one of writes) {
    const { written, refused } = await tryWrites(query, [one]);
    for (const rowId of written) all.written.add(rowId);
    all.refused.push(...refused);
  }
  return all;
}

/** All of them, or none and the one that was refused. */
async function tryWrites(query: Query, writes: readonly RowWrite[]): Promise<Written> {
  await query(plain('savepoint rows'));
  const written = new Set<string>();
  for (const { rowId, statement } of writes)
    try {
      if ((await query(statement)).length > 0) written.add(rowId);
    } catch (error) {
      if (!isOfRow(error)) throw error;
      await query(plain('rollback to savepoint rows'));
      return { written: new Set(), refused: [{ rowId, reason: error.message }] };
    }
  await query(plain('release savepoint rows'));
  return { written, refused: [] };
}

const plain = (text: string): Statement => ({ text, values: [] });

/**
 * SQLSTATEs that say nothing of one row: no connection, no login, no room, a server that stops or waits too long, and
 * what is wrong with the statement, but for 42501, by which a policy refuses a row. A trigger may raise any other.
 */
const ofAllRows = /^(08|25|28|3|53|57|58|XX|42(?!501))/;

function isOfRow(error: unknown): error is SourceFailed {
  if (!(error instanceof SourceFailed)) return false;
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !ofAllRows.test(code);
}
