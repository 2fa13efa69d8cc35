import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `pnpm start` as a person would run it, in a folder of its own. */
export interface HalyardProcess {
  child: ChildProcess;
  /** All that it printed so far. */
  output(): string;
  /** Resolves when it has printed this; rejects, with what it did print, when it ends before or this long has gone by. */
  printed(text: string, withinMs?: number): Promise<void>;
  /** Its exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>;
}

/** `script` is what `pnpm start` runs, or another one that does the same. */
export function startHalyard(env: Record<string, string>, script = 'scripts/start.ts'): HalyardProcess {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn('node', [script], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return {
    child,
    output: () => output,
    ended,
    printed: (text, withinMs = 60_000) =>
      new Promise((resolve, reject) => {
        const look = () => output.includes(text) && resolve();
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        look();
        const missing = (why: string) => reject(new Error(`${why} before it printed "${text}":\n${output}`));
        void ended.then((code) => missing(`It ended with ${code}`));
        setTimeout(() => missing(`${withinMs / 1000} s went by`), withinMs).unref();
      }),
  };
}

/** A folder that is removed after use, and a port that is free now. */
export async function place(): Promise<{ home: string; port: number; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'halyard-e2e-'));
  return {
    home: join(folder, 'home'),
    port: await freePort(),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
