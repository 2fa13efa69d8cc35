import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from './api-request';

/** The most that one page of Halyard's lists holds. */
const largestPage = 200;

interface Page {
  items: IDataObject[];
  next_cursor: string | null;
}

interface Wanted {
  /** How many at most. */
  most: number;
  /** Which of them; all, when left out. */
  keep?: (entry: IDataObject) => boolean;
}

/** The entries of a list, page by page, until there are as many as wanted or no more. */
export async function entriesOf(
  call: (request: ApiRequest) => Promise<unknown>,
  request: ApiRequest,
  { most, keep }: Wanted,
): Promise<IDataObject[]> {
  const entries: IDataObject[] = [];
  let cursor: string | null = null;
  do {
    const query: IDataObject = { ...request.query, limit: keep ? largestPage : Math.min(most, largestPage) };
    if (cursor) query.cursor = cursor;
    const page = (await call({ ...request, query })) as Page;
    entries.push(...(keep ? page.items.filter(keep) : page.items));
    cursor = page.next_cursor;
  } while (cursor && entries.length < most);
  return entries.slice(0, most);
}
