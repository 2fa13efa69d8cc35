import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CrashPoint } from '@halyard/core/crash-points';
import { keptPort } from './kept-port.ts';

export interface HalyardOptions {
  databaseUrl: string;
  roles: 'http' | 'worker' | 'http,worker';
  /** Its port; a free one when left out. */
  port?: number;
  /** Where it kills itself, and at which passing of that point (the first, when left out). */
  crashAt?: CrashPoint;
  passing?: number;
  env?: Record<string, string>;
  /** Further arguments for node, such as `--import` of something that moves its clock. */
  nodeArguments?: string[];
}

/** One process of Halyard as production runs it, but that its crash points are real. */
export interface Halyard {
  options: HalyardOptions;
  pid: number;
  url: string;
  /** Resolves when it takes requests and its loops run. */
  ready: Promise<void>;
  /** Resolves when it has ended, however. */
  ended: Promise<void>;
  isAlive(): boolean;
  /** Resolves when it ended though nobody ended it, nor a crash point. */
  died: Promise<void>;
  /** Ends it as a crash would: nothing is finished, nothing is given back. */
  kill(): Promise<void>;
  /** Ends it as an administrator would. */
  stop(): Promise<void>;
  /** All that it logged. */
  log(): string;
}

export async function startHalyard(options: HalyardOptions): Promise<Halyard> {
  const port = options.port ?? (await keptPort());
  const child = spawn(
    process.execPath,
    ['--conditions=chaos', ...(options.nodeArguments ?? []), 'apps/api/dist/main.js'],
    {
      cwd: join(import.meta.dirname, '..'),
      env: {
        ...process.env,
        DATABASE_URL: options.databaseUrl,
        HALYARD_ROLES: options.roles,
        HALYARD_SECRET: chaosSecret,
        HALYARD_ENCRYPTION_KEYS: chaosKeys,
        HALYARD_ALLOW_PRIVATE_ADDRESSES: 'true',
        HALYARD_REQUESTS_PER_MINUTE: '0',
        HALYARD_CRASH_AT: options.crashAt ?? '',
        HALYARD_CRASH_PASSING: String(options.passing ?? 1),
        PORT: String(port),
        LOG_LEVEL: 'info',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  const started = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('"msg":"started"')) started.resolve();
    });
  const endWithSuite = () => child.kill('SIGKILL');
  process.once('exit', endWithSuite);
  const ended = once(child, 'exit').then(() => {
    process.off('exit', endWithSuite);
  });
  let told = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    told = true;
    child.kill(signal);
    await ended;
  };
  const died = new Promise<void>((resolve) => {
    void ended.then(() => {
      if (!told && !options.crashAt) resolve();
    });
  });
  // One that crashes while it starts is as ready as it will get.
  const ready = Promise.race([started.promise, ended]);
  return {
    options: { ...options, port },
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    ready,
    ended,
    died,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    log: () => log,
  };
}

export const chaosSecret = 'a secret for the crash suite that is long enough';
export const chaosKeys = `chaos:${Buffer.alloc(32, 7).toString('base64')}`;
