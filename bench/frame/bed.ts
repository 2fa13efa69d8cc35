import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedServer } from '@halyard/postgres/embedded-server';
import { migrate } from '@halyard/postgres/migrate';
import pg from 'pg';
import { serverCpuSeconds } from '../server-cpu.ts';
import { countStatements } from '../statement-costs.ts';
import type { BenchOptions } from './bench.ts';

/** V8's young generation grows as long as it may; this bounds it, for what is measured and its ceiling alike. */
const leanHeap = '--max-semi-space-size=8';

/** As any database that takes so much is set up: by default it would write out all it has after each gigabyte of log. */
const roomForLog = ['-c', 'max_wal_size=4GB'];

/** What a process told of its work when it was done. */
export interface Measured {
  seconds: number;
  /** Of that process alone, without PostgreSQL and the sink. */
  cpuSeconds: number;
  /** Of PostgreSQL meanwhile; null where the system does not tell. */
  serverCpuSeconds: number | null;
  peakRssMb: number;
}

export const results = join(import.meta.dirname, '..', 'results');

/** What a bench stands on: a migrated database of its own and processes beside it; all of it ends with the bench. */
export class Bed {
  readonly #ends: (() => Promise<unknown>)[] = [];
  readonly folder: string;
  readonly url: string;
  readonly nodeFlags: readonly string[];
  readonly owner: pg.Pool;

  private constructor(folder: string, url: string, nodeFlags: readonly string[]) {
    this.folder = folder;
    this.url = url;
    this.nodeFlags = nodeFlags;
    this.owner = new pg.Pool({ connectionString: url, max: 4 });
    this.owner.on('error', () => {}); // idle when the server stops
  }

  static async open({ profile, statements }: BenchOptions): Promise<Bed> {
    const folder = await mkdtemp(join(tmpdir(), 'halyard-bench-'));
    await chmod(folder, 0o755); // as root the server runs as the user postgres, who must get in
    const server = await startEmbeddedServer({
      dataDir: join(folder, 'pg'),
      password: 'bench',
      persistent: false,
      flags: [...roomForLog, ...(statements ? countStatements : [])],
    });
    const flags = [leanHeap, ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${results}`] : [])];
    const bed = new Bed(folder, server.urlOf('halyard'), flags);
    bed.atEnd(() => rm(folder, { recursive: true, force: true }));
    bed.atEnd(() => server.stop());
    bed.atEnd(() => bed.owner.end());
    await migrate(bed.url);
    await bed.#letOwnerCheckpoint();
    return bed;
  }

  /** The log of PostgreSQL. */
  get serverLog(): string {
    return join(this.folder, 'pg.log');
  }

  /** The last to be registered ends first. */
  atEnd(end: () => Promise<unknown>): void {
    this.#ends.push(end);
  }

  async close(): Promise<void> {
    for (const end of this.#ends.reverse()) await end().catch((error: unknown) => console.error(error));
  }

  /** Starts a script of this folder that tells its port when it listens. */
  async listening(script: string, args: readonly unknown[] = []): Promise<number> {
    const child = this.#fork(script, args);
    const [port] = (await firstWord(script, child)) as [number];
    return port;
  }

  /** Runs a script of this folder that tells what it measured when it is done. */
  async measure(script: string, args: readonly unknown[]): Promise<Measured> {
    const before = await this.serverCpu();
    const child = this.#fork(script, args);
    const ended = once(child, 'exit');
    const [measured] = (await firstWord(script, child)) as [Omit<Measured, 'serverCpuSeconds'>];
    await ended;
    const after = await this.serverCpu();
    return { ...measured, serverCpuSeconds: before === null || after === null ? null : after - before };
  }

  /** So that runs begin alike; it takes a superuser's permission. */
  async #letOwnerCheckpoint(): Promise<void> {
    const url = new URL(this.url);
    url.username = 'postgres';
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    await client.query('grant pg_checkpoint to halyard');
    await client.end();
  }

  serverCpu(): Promise<number | null> {
    return serverCpuSeconds(join(this.folder, 'pg'));
  }

  #fork(script: string, args: readonly unknown[]): ChildProcess {
    const child = fork(join(import.meta.dirname, '..', script), args.map(String), {
      execArgv: [...this.nodeFlags],
    });
    this.atEnd(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    });
    return child;
  }
}

const firstWord = (script: string, child: ChildProcess): Promise<unknown[]> =>
  Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`${script} ended with ${code} before it was done.`)),
    ),
  ]);
