import { randomUUID } from 'node:crypto';
import type { Wakeups, WorkKind } from '@halyard/core/claim-loop';
import pg from 'pg';
import { afterCommit } from './database.js';

const channel = 'halyard_work';

interface Pauses {
  debounceMs: number;
  reconnectMs: number;
}

/**
 * Wakes loops: those of this process at once, others through NOTIFY. Pokes of the same kind within a few milliseconds
 * become one notification on a connection of its own: NOTIFY inside every writing transaction would make their commits
 * wait for one another. A poke that is lost with its process costs nothing but time, as loops also look by themselves.
 *
 * The same connection shows that this process lives: it holds the lock of its name (delivery/lost-workers.ts).
 */
export class PgWakeups implements Wakeups {
  readonly #listeners = new Map<WorkKind, Set<() => void>>();
  readonly #pending = new Set<WorkKind>();
  #client: pg.Client | null = null;
  #flushing = false;
  #closed = false;
  /** Names this process, so that it knows its own notifications. */
  readonly #self = randomUUID();

  private constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly pauses: Pauses,
  ) {}

  /** `name`: by which others know this process, as in the leases that it holds. */
  static async open(
    url: string,
    name: string,
    pauses = { debounceMs: 3, reconnectMs: 1_000 },
  ): Promise<PgWakeups> {
    const wakeups = new PgWakeups(url, name, pauses);
    await wakeups.#connect().catch((error: unknown) => {
      wakeups.#closed = true;
      throw error;
    });
    return wakeups;
  }

  poke(kind: WorkKind): void {
    afterCommit(() => this.#pokeNow(kind));
  }

  #pokeNow(kind: WorkKind): void {
    this.#tell(kind);
    this.#pending.add(kind);
    if (this.#flushing) return;
    this.#flushing = true;
    setTimeout(() => void this.#flush(), this.pauses.debounceMs);
  }

  listen(kind: WorkKind, wake: () => void): () => void {
    const listeners = this.#listeners.get(kind) ?? new Set();
    this.#listeners.set(kind, listeners.add(wake));
    return () => listeners.delete(wake);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end();
  }

  /** One after the other: what is poked while a notification is on its way goes with the next. */
  async #flush(): Promise<void> {
    while (this.#pending.size && !this.#closed) await this.#notify();
    this.#flushing = false;
  }

  async #notify(): Promise<void> {
    const payload = [this.#self, ...this.#pending].join(' ');
    this.#pending.clear();
    // Without a connection, others look by themselves until there is one again.
    await this.#client?.query('select pg_notify($1, $2)', [channel, payload]).catch(() => {});
  }

  #tell(kind: string): void {
    for (const wake of this.#listeners.get(kind as WorkKind) ?? []) wake();
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      keepAlive: true,
      application_name: 'halyard_wakeups',
    });
    const lost = once(() => this.#lost(client));
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => {
      const [sender, ...kinds] = payload?.split(' ') ?? [];
      if (sender !== this.#self) for (const kind of kinds) this.#tell(kind);
    });
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      // Shared: the connection that broke may hold it still.
      await client.query(`select pg_advisory_lock_shared(hashtextextended('worker ' || $1, 0))`, [this.name]);
    } catch (error) {
      lost();
      throw error;
    }
    if (this.#closed) return client.end();
    this.#client = client;
    for (const kind of this.#listeners.keys()) this.#tell(kind); // what was told while nobody listened
  }

  #lost(client: pg.Client): void {
    this.#client = null;
    client.end().catch(() => {}); // it may be broken in a way that leaves it open
    if (!this.#closed) setTimeout(() => this.#reconnect(), this.pauses.reconnectMs);
  }

  #reconnect(): void {
    if (!this.#closed) this.#connect().catch(() => {}); // which was lost, and so is tried again
  }
}

/** A broken connection says so in up to three ways: were each to bring a new one, an outage would double them each time. */
function once(then: () => void): () => void {
  let done = false;
  return () => {
    if (!done) then();
    done = true;
  };
}
