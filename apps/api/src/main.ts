import { readSettings } from '@halyard/contracts/settings';
import { createLog } from './operations/log.js';
import { startServer } from './server.js';
import { explainFailure } from './start-failure.js';
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
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
}
