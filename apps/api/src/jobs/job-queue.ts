import type { Tracing } from '@halyard/core/trace';
import type { Job, Queue, Telemetry, Worker } from 'bullmq';
import { createPostgresBackend, createRedisBackend, runMigrations, withBackend } from 'bullmq';
import pg from 'pg';
import { jobTelemetry } from './job-telemetry.js';

const schema = 'bullmq';
/** Owns the schema and sees nothing else (migration 0010_jobs.sql). */
const options = '-c role=halyard_jobs';

/**
 * A job whose process died goes on elsewhere within half a minute: its lock ends after 15 s, and every 10 s somebody looks.
 * BullMQ's own values make it a minute, and it gives a job up that this happened to twice.
 */
const takeover = { lockDuration: 15_000, stalledInterval: 10_000, maxStalledCount: 5 };

/** A query of the queue takes milliseconds; one without an answer for so long goes over a connection that is dead. */
const silenceMs = 15_000;

export interface JobSettings {
  databaseUrl: string;
  redisUrl?: string | undefined;
}

/**
 * Opens queues and workers of BullMQ on PostgreSQL, or on Redis when its URL is given. Both behave the same and differ
 * only in the type of their connection, which nobody sees: hence the casts.
 */
export class Jobs {
  #migrated: Promise<void> | undefined;

  readonly #telemetry: Telemetry<string>;

  constructor(
    private readonly settings: JobSettings,
    tracing: Tracing | null = null,
  ) {
    this.#telemetry = jobTelemetry(tracing);
  }

  async queue<Data>(name: string): Promise<Queue<Data>> {
    const { redisUrl } = this.settings;
    if (redisUrl)
      return new (withBackend(createRedisBackend).Queue)<Data>(name, {
        connection: redisConnection(redisUrl),
        telemetry: this.#telemetry,
      });
    await this.#migrate();
    const { Queue: PgQueue } = withBackend(createPostgresBackend);
    const connection = this.#pool(2);
    const queue = new PgQueue<Data>(name, { connection, telemetry: this.#telemetry });
    return endingWith(connection, queue) as unknown as Queue<Data>;
  }

  async worker<Data>(
    name: string,
    work: (job: Job<Data>) => Promise<void>,
    concurrency: number,
  ): Promise<Worker<Data>> {
    const { redisUrl } = this.settings;
    if (redisUrl)
      return new (withBackend(createRedisBackend).Worker)<Data>(name, work, {
        connection: redisConnection(redisUrl),
        concurrency,
        telemetry: this.#telemetry,
        ...takeover,
      });
    await this.#migrate();
    const { Worker: PgWorker } = withBackend(createPostgresBackend);
    const connection = this.#pool(concurrency + 3);
    const telemetry = this.#telemetry;
    const how = { connection, concurrency, telemetry, autorun: false, ...takeover };
    const worker = endingWith(connection, new PgWorker<Data>(name, work, how));
    // It remembers for ever that its first connection failed, and would ask again and again without a pause that lets
    // anything else run. So it begins only when it is connected; after that it reconnects by itself.
    await worker.waitUntilReady().catch(async (error: unknown) => {
      await worker.close();
      throw error;
    });
    worker.run().catch((error: unknown) => worker.emit('error', error as Error));
    return worker as unknown as Worker<Data>;
  }

  /**
   * A pool of ours, whose connections always have an error listener: BullMQ has none while it begins, and takes it away
   * before it ends, and an error that comes then would end the process. One of its connections is kept for listening.
   */
  #pool(max: number): pg.Pool {
    const pool = new pg.Pool({
      connectionString: this.settings.databaseUrl,
      options: `${options} -c search_path=${schema}`,
      max,
      keepAlive: true,
      query_timeout: silenceMs,
      connectionTimeoutMillis: silenceMs,
    });
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  }

  /** BullMQ's own tables, once per process; several processes wait for one another. */
  #migrate(): Promise<void> {
    this.#migrated ??= migrate(this.settings.databaseUrl).catch((error: unknown) => {
      this.#migrated = undefined; // the next one tries again
      throw error;
    });
    return this.#migrated;
  }
}

/**
 * A pool that BullMQ did not make it leaves open; and one that is closed while it begins to listen keeps the connection that
 * it listens on, for which the end of the pool would wait for ever. So what is lent then is taken back. Whoever has it still,
 * as a query that is not answered yet, gives it back a second time, which counts no more.
 */
function endingWith<T extends { close(): Promise<void> }>(pool: pg.Pool, user: T): T {
  const lent = new Set<pg.PoolClient>();
  pool.on('acquire', (client) => lent.add(client));
  pool.on('release', (_error, client) => lent.delete(client as pg.PoolClient));
  const close = user.close.bind(user);
  let closed: Promise<void> | undefined;
  user.close = () => {
    closed ??= close().finally(() => {
      const ended = pool.end();
      for (const client of lent) takeBack(client);
      return ended;
    });
    return closed;
  };
  return user;
}

function takeBack(client: pg.PoolClient): void {
  const release = client.release;
  client.release = () => {};
  release(true);
}

const redisConnection = (url: string) => ({ url, maxRetriesPerRequest: null });

async function migrate(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, options });
  client.on('error', () => {}); // what is asked of a broken connection fails by itself
  await client.connect();
  try {
    await runMigrations(withoutCreateSchema(client), schema);
  } finally {
    await client.end();
  }
}

/** The schema is there, and even `if not exists` needs a right on the whole database that this role shall not have. */
const withoutCreateSchema = (client: pg.Client) => ({
  query: (async (text: string, values?: unknown[]) =>
    /^\s*create schema/i.test(text) ? { rows: [], rowCount: 0 } : client.query(text, values)) as Parameters<
    typeof runMigrations
  >[0]['query'],
});
