import type { Socket } from 'node:net';
import { sql } from 'kysely';
import type pg from 'pg';

const mark = '/* sent ahead */';

/**
 * Begins a statement of a transaction whose answer nobody needs, such as an insert: it is sent, and the next one goes out
 * without waiting for it. Its error is thrown by the next statement that is waited for, or by the commit. So it must not
 * be a statement whose own error somebody catches, nor the last one before something outside the database is done.
 */
export const ahead = sql.raw(mark);

interface Answer {
  command: string;
}

/** What whoever does not wait is answered. */
const nothing = { command: '', rowCount: 0, rows: [] };

/**
 * Has a connection in pipeline mode send statements with the mark, and the beginning of a request's transaction, together
 * with the statement after them: one way to the server and back instead of one for each. The server works them off in
 * their order, and after one that failed refuses the rest of its transaction; a commit then undoes it.
 *
 * `begin`: also the beginning. Should it fail alone, the first statement would stand by itself: in a request it sees no
 * organization then, and fails as well; a loop waits for its beginning.
 */
export function sendAhead(client: pg.ClientBase, begin: boolean): void {
  const query = client.query.bind(client) as (text: unknown, ...more: unknown[]) => Promise<Answer>;
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  let failure: { error: unknown } | null = null;
  /** Settles when what was sent ahead is answered; its answers may come in one piece with the next one. */
  let answered: Promise<unknown> = Promise.resolve();
  let held = false;
  const hold = () => {
    if (held) return;
    held = true;
    stream.cork();
    setImmediate(letGo);
  };
  const letGo = () => {
    if (held) stream.uncork();
    held = false;
  };
  const sendOn = (text: string, values: unknown): Promise<Answer> => {
    hold();
    const answer = query(text, values).catch((error: unknown) => {
      failure ??= { error };
    });
    answered = Promise.all([answered, answer]);
    return Promise.resolve(nothing);
  };

  const send = (text: unknown, values?: unknown, ...more: unknown[]): unknown => {
    if (typeof text !== 'string' || more.length) return query(text, values, ...more);
    if (text.startsWith(mark)) return sendOn(text.slice(mark.length), values);
    if (begin && text === 'begin') return sendOn(text, values);
    const answer = query(text, values);
    letGo();
    const before = answered;
    const undoes = text.startsWith('rollback');
    return answer.then(
      async (result) => {
        await before;
        const failed = failure;
        if (undoes) failure = null;
        else if (failed) throw failed.error;
        return result;
      },
      async (error: unknown) => {
        await before;
        throw failure?.error ?? error;
      },
    );
  };
  client.query = send as typeof client.query;
}
