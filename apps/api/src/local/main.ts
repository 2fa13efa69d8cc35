import { join } from 'node:path';
import { explainFailure, StartFailure } from '../start-failure.js';
import { Home } from './home.js';
import { watchLauncher } from './launcher.js';
import { Progress } from './progress.js';
import type { LocalServer } from './start-local.js';
import { startLocal } from './start-local.js';
import { summary } from './summary.js';

/** What `pnpm start` runs after the build: start, say where things are, stop on Ctrl-C. */
export async function runLocal(repository: string): Promise<void> {
  const progress = new Progress(process.stdout);
  const aborting = new AbortController();
  let server: LocalServer | null = null;
  const onSignal = () => {
    if (aborting.signal.aborted) process.exit(130);
    aborting.abort(new StartFailure('Stopped before it had started.'));
    if (server) stopAndExit(server, progress);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  watchLauncher(() => {
    if (!aborting.signal.aborted) onSignal();
  });
  try {
    const home = new Home(process.env.HALYARD_HOME || join(repository, '.halyard'));
    server = await startLocal(home, process.env, progress, aborting.signal);
    if (aborting.signal.aborted) stopAndExit(server, progress);
    else progress.say(summary(server));
    void server.databaseLost.then(endWithoutDatabase);
  } catch (error) {
    fail(error);
  }
}

/** At once: whatever was acknowledged is on disk, and stopping in good order would wait for a database that is gone. */
function endWithoutDatabase(lastWords: string): never {
  return fail(
    new StartFailure(
      `The built-in PostgreSQL ended by itself (${lastWords}). Nothing that was acknowledged is lost: start Halyard again.`,
    ),
  );
}

function stopAndExit(server: LocalServer, progress: Progress): void {
  progress.step('Stopping', server.stop).then(() => process.exit(0), fail);
}

function fail(error: unknown): never {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
}
