import { hostname } from 'node:os';
import type { Settings } from '@halyard/contracts/settings';
import type { LoopReport, Wakeups } from '@halyard/core/claim-loop';
import type { Clock } from '@halyard/core/clock';
import { randomIds } from '@halyard/core/ids';
import type { Metrics } from '@halyard/core/metrics';
import type { Tracing } from '@halyard/core/trace';
import { Database } from '@halyard/postgres/database';
import { DatabaseClock } from '@halyard/postgres/database-clock';
import { DatabaseUnusable, pendingMigrations } from '@halyard/postgres/migrate';
import { PgWakeups } from '@halyard/postgres/wakeups';
import type { Logger } from 'pino';
import { gaugeLoops } from './operations/loop-gauges.js';
import { LoopHealth } from './operations/loop-health.js';
import { PrometheusMetrics } from './operations/prometheus.js';
import { openTelemetry } from './operations/telemetry.js';
import { gaugeWaitingWork } from './operations/waiting-gauges.js';

/** What every feature stands on; opened once per process, closed in reverse. */
export interface Platform {
  settings: Settings;
  /** Names this process in leases, and is no other one's. */
  name: string;
  /** Requests: one organization per transaction. */
  app: Database;
  /** Loops: all organizations. Null in a process whose only role is http. */
  worker: Database | null;
  wakeups: Wakeups;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** Null when nobody observes by OpenTelemetry. */
  tracing: Tracing | null;
  /** What every claim loop reports to. */
  report: LoopReport;
}

/** A platform that this process opened itself, with what only its operation needs. */
export interface OpenPlatform extends Platform {
  metrics: PrometheusMetrics;
  report: LoopHealth;
  /** By how much this machine's own clock is ahead of the database's, which Halyard goes by. */
  machineAheadMs: () => number;
  close(): Promise<void>;
}

/** Opens everything that the roles of this process need; what was opened is closed again when a part cannot be. */
export async function openPlatform(settings: Settings, log: Logger): Promise<OpenPlatform> {
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    const app = await Database.open(settings.DATABASE_URL, 'halyard_app').catch(explain);
    opened.push(() => app.close());
    await assertMigrated(app);
    const worker = settings.HALYARD_ROLES.includes('worker')
      ? await Database.open(settings.DATABASE_URL, 'halyard_worker')
      : null;
    if (worker) opened.push(() => worker.close());
    const name = `${hostname()}:${process.pid}:${randomIds()}`;
    const wakeups = await PgWakeups.open(settings.DATABASE_URL, name);
    opened.push(() => wakeups.close());
    const metrics = new PrometheusMetrics();
    gaugeWaitingWork(metrics, worker, log);
    const clock = await DatabaseClock.open(app.pool);
    const keptRight = keepRight(clock, log);
    opened.push(async () => clearInterval(keptRight));
    const report = new LoopHealth(metrics, log, clock);
    gaugeLoops(metrics, report);
    const telemetry = await openTelemetry(process.env, metrics, log); // after every gauge: it sends those that there are
    opened.push(() => telemetry.close());
    const machineAheadMs = () => clock.machineAheadMs;
    const { tracing } = telemetry;
    return {
      settings,
      name,
      app,
      worker,
      wakeups,
      clock,
      log,
      metrics,
      tracing,
      report,
      machineAheadMs,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Loops see to the clock by themselves; requests go by what it said last. */
const keepRight = (clock: DatabaseClock, log: Logger): NodeJS.Timeout =>
  setInterval(() => {
    clock.settle().catch((error) => log.warn({ err: error }, 'the database did not say what time it is'));
  }, 5_000);

async function assertMigrated(app: Database): Promise<void> {
  const pending = await pendingMigrations(app.pool);
  if (pending.length)
    throw new DatabaseUnusable(
      `The database lacks ${pending.length} migrations (${pending[0]} is the first). Run: halyard migrate`,
    );
}

/** Turns what a driver says about a database that cannot be opened into a sentence for whoever starts Halyard. */
function explain(error: unknown): never {
  const { code, message } = error as { code?: string; message: string };
  if (code === '22023' || code === '42704' || /role "halyard_app"/.test(message))
    throw new DatabaseUnusable(
      `The database was never migrated, or this login may not act as halyard_app (${message}). Run: halyard migrate`,
    );
  throw new DatabaseUnusable(
    `The database cannot be used (${message || code}). Check DATABASE_URL, and that PostgreSQL runs there.`,
  );
}
