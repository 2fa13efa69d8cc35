import { sql } from 'kysely';
import type pg from 'pg';

const mark = '/* planned once */';

/** Begins a statement of a request that is planned once; see planOnce. */
export const planned = sql.raw(mark);

/** More than there are; should texts ever be made up at run time, they do not fill the server's memory. */
const most = 500;

interface Failure {
  code?: string;
}

/**
 * Has PostgreSQL plan statements once for each connection and not at every call: for a few rows planning takes longer than
 * the work. `all`: every statement with parameters, for loops; else those that begin with the mark. A plan is kept however
 * large its tables become, so it must find rows by their keys, for which connections have `enable_seqscan=off`. It is not
 * kept where an array is given, whose length the planner looks at: give json (`contact-keys.ts`).
 */
export function planOnce(client: pg.ClientBase, all: boolean): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const names = new Map<string, string>();
  let made = 0;
  const nameOf = (text: string): string | null => {
    if (!names.has(text) && names.size < most) names.set(text, `once_${++made}`);
    return names.get(text) ?? null;
  };
  const planned = (text: unknown, values: unknown, ...more: unknown[]): unknown => {
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0 || more.length)
      return query(text, values, ...more);
    const name = all || text.startsWith(mark) ? nameOf(text) : null;
    if (name === null) return query(text, values);
    return (query({ name, text, values }) as Promise<unknown>).catch((error: Failure) => {
      // A migration changed what it returns: under its old name it would fail for ever.
      if (error.code === '0A000') names.clear();
      throw error;
    });
  };
  client.query = planned as typeof client.query;
}
