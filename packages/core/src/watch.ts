import type { Log } from './log.js';
import { noLog } from './log.js';
import type { Metrics } from './metrics.js';
import { noMetrics } from './metrics.js';
import type { Tracing } from './trace.js';

/** Whoever keeps the process running sees by these what it does. */
export interface Watch {
  log: Log;
  metrics: Metrics;
  tracing: Tracing | null;
}

/** For tests, simulations and one-off commands. */
export const unwatched: Watch = { log: noLog, metrics: noMetrics, tracing: null };
