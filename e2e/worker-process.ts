import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testSecrets } from '@halyard/api/testing/test-settings';

/** A process that only works, as it runs beside others on one database. */
export interface WorkerProcess {
  /** Ends it as a crash would: nothing is finished, nothing is given back. */
  kill(): Promise<void>;
}

/** `settings`: by environment variable. */
export function startWorker(databaseUrl: string, settings: Record<string, string> = {}): WorkerProcess {
  const child = spawn(process.execPath, ['apps/api/dist/main.js'], {
    cwd: join(import.meta.dirname, '..'),
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      HALYARD_ROLES: 'worker',
      ...testSecrets,
      PORT: '0',
      LOG_LEVEL: 'error',
      ...settings,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit');
  return {
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
