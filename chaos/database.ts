import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedServer } from '@halyard/postgres/embedded-server';
import { startEmbeddedServer } from '@halyard/postgres/embedded-server';
import { migrate } from '@halyard/postgres/migrate';
import pg from 'pg';
import { keptPort } from './kept-port.ts';

const template = 'chaos_template';

/**
 * PostgreSQL of the suite's own, set up as a careful person would set it up: what is committed is on the disk. It keeps
 * its port when it comes back.
 */
export class ChaosServer {
  readonly folder: string;
  #server: EmbeddedServer;
  readonly #port: number;
  #ended = false;

  private constructor(folder: string, server: EmbeddedServer, port: number) {
    this.folder = folder;
    this.#server = server;
    this.#port = port;
    this.#watch();
  }

  static async start(): Promise<ChaosServer> {
    const folder = await mkdtemp(join(tmpdir(), 'halyard-chaos-'));
    await chmod(folder, 0o755); // as root the server runs as the user postgres, who must get in
    const port = await keptPort();
    const chaos = new ChaosServer(folder, await launch(folder, port), port);
    const client = new pg.Client({ connectionString: chaos.urlOf('halyard') });
    await client.connect();
    await client.query(`create database ${template}`);
    await client.end();
    await migrate(chaos.urlOf(template));
    return chaos;
  }

  urlOf(database: string): string {
    return this.#server.urlOf(database);
  }

  /** A migrated database of a row's own; returns its name. */
  async create(name: string): Promise<string> {
    const client = new pg.Client({ connectionString: this.urlOf('halyard') });
    await client.connect();
    await client.query(
      `create database ${pg.escapeIdentifier(name)} template ${template} strategy file_copy`,
    );
    await client.end();
    return this.urlOf(name);
  }

  async version(): Promise<string> {
    const client = new pg.Client({ connectionString: this.urlOf('halyard') });
    await client.connect();
    const { rows } = await client.query('show server_version');
    await client.end();
    return rows[0].server_version;
  }

  /** Ends it as `pg_ctl stop -m immediate` does: nothing is rolled back or written; the next start recovers from the log. */
  async crash(): Promise<void> {
    const lost = this.#server.lost;
    const pid = Number((await readFile(join(this.folder, 'pg', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGQUIT');
    await lost;
  }

  /** For what can only be done to its files while it does not run. */
  async whileStopped(change: () => Promise<void>): Promise<void> {
    if (this.isAlive) await this.crash();
    await change();
    await this.restart();
  }

  async restart(): Promise<void> {
    this.#server = await launch(this.folder, this.#port);
    this.#ended = false;
    this.#watch();
  }

  /** False when it has ended, by itself or because somebody crashed it. */
  get isAlive(): boolean {
    return !this.#ended;
  }

  /** The end of what it logged since it was started. */
  async lastWords(lines = 40): Promise<string> {
    const log = await readFile(join(this.folder, 'pg.log'), 'utf8').catch(() => '');
    return log.trimEnd().split('\n').slice(-lines).join('\n');
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  #watch(): void {
    const server = this.#server;
    void server.lost.then(() => {
      if (this.#server === server) this.#ended = true;
    });
  }
}

const launch = (folder: string, port: number): Promise<EmbeddedServer> =>
  startEmbeddedServer({
    dataDir: join(folder, 'pg'),
    password: 'chaos',
    persistent: true,
    port,
    // Rows look up when something was committed.
    flags: ['-c', 'max_connections=200', '-c', 'track_commit_timestamp=on'],
  });
