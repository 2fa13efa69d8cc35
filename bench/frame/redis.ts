import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Bed } from './bed.ts';
import { freePort } from './free-port.ts';

export const redisServer = '/usr/bin/redis-server';

/** Starts a Redis that keeps nothing; returns its URL. */
export async function startRedis(bed: Bed): Promise<string> {
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', save: '', dir: bed.folder, 'maxmemory-policy': 'noeviction' };
  const child = spawn(
    redisServer,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: 'ignore' },
  );
  bed.atEnd(async () => {
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
  });
  return `redis://127.0.0.1:${port}`;
}
