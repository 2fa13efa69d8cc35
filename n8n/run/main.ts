import { join } from 'node:path';
import { watchLauncher } from '@halyard/api/local/launcher';
import { StartFailure } from '@halyard/api/start-failure';
import { CommandFailure } from '@halyard/cli/failure';
import type { Beside } from './beside.ts';
import { startBeside } from './beside.ts';
import { N8nFailure } from './failure.ts';
import { told } from './told.ts';

/** What `pnpm n8n` runs after the build: start, say where n8n is, stop on Ctrl-C. */
export async function runBeside(repository: string): Promise<void> {
  const aborting = new AbortController();
  let running: Beside | null = null;
  const onSignal = () => {
    if (aborting.signal.aborted) process.exit(130);
    aborting.abort(new N8nFailure('Stopped before it had started.'));
    if (running) stopAndExit(running);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  watchLauncher(() => {
    if (!aborting.signal.aborted) onSignal();
  });
  try {
    const home = process.env.HALYARD_HOME || join(repository, '.halyard');
    running = await startBeside(home, console.log, aborting.signal);
    if (aborting.signal.aborted) return stopAndExit(running);
    console.log(told(running));
    const why = await running.lost;
    if (aborting.signal.aborted) return;
    await running.stop();
    throw new N8nFailure(why);
  } catch (error) {
    fail(error);
  }
}

function stopAndExit(running: Beside): void {
  console.log('… Stopping');
  running.stop().then(() => process.exit(0), fail);
}

function fail(error: unknown): never {
  const plain = [N8nFailure, StartFailure, CommandFailure].some((kind) => error instanceof kind);
  console.error(plain ? (error as Error).message : error);
  process.exit(1);
}
