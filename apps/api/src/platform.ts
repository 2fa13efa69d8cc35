import type { Wakeups } from '@halyard/core/claim-loop';
import type { Clock } from '@halyard/core/clock';
import type { Database } from '@halyard/postgres/database';
import type { Logger } from 'pino';
import type { Settings } from './settings.js';

/** What every feature stands on; opened once per process, closed in reverse. */
export interface Platform {
  settings: Settings;
  /** Requests: one organization per transaction. */
  app: Database;
  /** Loops: all organizations. Null in a process whose only role is http. */
  worker: Database | null;
  wakeups: Wakeups;
  clock: Clock;
  log: Logger;
}
