import { DomainError } from '@halyard/core/domain-error';
import type { Page, PageRequest } from '@halyard/core/page';

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
