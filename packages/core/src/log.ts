/**
 * Where core tells what became of one message, event or delivery. A line names things by their ids, under the names that
 * the database gives them, and never holds an address, a content or what a provider wrote, which may quote both.
 *
 * - error: something of ours is broken.  - warn: somebody should look, now or when it becomes more.
 * - info: it went another way than it was meant to.  - debug: it went well.
 */
export interface Log {
  debug(ids: Record<string, unknown>, text: string): void;
  info(ids: Record<string, unknown>, text: string): void;
  warn(ids: Record<string, unknown>, text: string): void;
  error(ids: Record<string, unknown>, text: string): void;
}

/** For tests, simulations and one-off commands: nobody reads it. */
export const noLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
