import { DatabaseUnusable } from '@halyard/postgres/migrate';
import { createLog } from './operations/log.js';
import { startServer } from './server.js';
import { readSettings, SettingsError } from './settings.js';
import { StartFailure } from './start-failure.js';
import { stopOnSignals } from './stop-signals.js';

/** One process of Halyard against a migrated database, configured by environment variables only. */
try {
  const settings = readSettings(process.env);
  const log = createLog(settings.LOG_LEVEL);
  const server = await startServer(settings, log);
  stopOnSignals(
    () => server.stop(),
    (error) => log.fatal({ err: error }, 'could not stop cleanly'),
  );
} catch (error) {
  const told = [SettingsError, StartFailure, DatabaseUnusable].some((kind) => error instanceof kind);
  process.stderr.write(
    told ? `${(error as Error).message}\n` : `Halyard could not start: ${(error as Error).stack}\n`,
  );
  process.exit(1);
}
