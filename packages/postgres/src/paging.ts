import { DomainError } from '@halyard/core/domain-error';
import type { Page, PageRequest } from '@halyard/core/page';
import type { SelectQueryBuilder } from 'kysely';
import { sql } from 'kysely';
import type { DB } from './schema.gen.js';

/** Where a page ended: the values of the columns that the list is sorted by. */
type Position = readonly (string | number | null)[];

export const cursorOf = (position: Position): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** The position in a cursor of ours; anything else is the caller's mistake. */
export function positionIn(cursor: string | undefined, columns: number): Position | null {
  if (cursor === undefined) return null;
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(position) && position.length === columns) return position;
  } catch {
    // falls through to the one answer for every broken cursor
  }
  throw new DomainError(
    'invalid_request',
    'This cursor is not one of ours: pass next_cursor back as it came, or leave it out.',
    [{ path: 'query.cursor', message: 'not a cursor' }],
  );
}

/** Makes a page of `limit + 1` fetched rows: the extra row only tells that there is more. */
export function toPage<Row, Item>(
  rows: Row[],
  request: PageRequest,
  toItem: (row: Row) => Item,
  position: (row: Row) => Position,
): Page<Item> {
  const kept = rows.slice(0, request.limit);
  const last = kept.at(-1);
  return {
    items: kept.map(toItem),
    next_cursor: rows.length > request.limit && last ? cursorOf(position(last)) : null,
  };
}

/** A page of what a query finds, newest first: ids are made in the order of time. */
export async function newestFirst<Tables extends keyof DB, Row extends { id: string }, Item>(
  query: SelectQueryBuilder<DB, Tables, Row>,
  request: PageRequest,
  toItem: (row: Row) => Item,
): Promise<Page<Item>> {
  const after = positionIn(request.cursor, 1);
  const from = after ? query.where(sql<boolean>`id < ${String(after[0])}`) : query;
  const rows: Row[] = await from
    .orderBy(sql`id`, 'desc')
    .limit(request.limit + 1)
    .execute();
  return toPage(rows, request, toItem, ({ id }) => [id]);
}
