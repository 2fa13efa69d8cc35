import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processCpuSeconds } from '../server-cpu.ts';
import type { Bed } from './bed.ts';

export const encryptionKeys = `bench:${Buffer.alloc(32, 7).toString('base64')}`;

/** A process of Halyard as production runs it, on the bed's database. */
export interface Halyard {
  url: string;
  /** Most memory that it ever held; null where the system does not tell. */
  peakRssMb(): Promise<number | null>;
  /** Processor time so far; null where the system does not tell. */
  cpuSeconds(): Promise<number | null>;
  /** Ends it as an operator would, and waits until it is gone. */
  stop(): Promise<void>;
}

let started = 0;

export async function startHalyard(bed: Bed, env: Record<string, string> = {}): Promise<Halyard> {
  const logFile = join(bed.folder, `halyard-${++started}.log`);
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [...bed.nodeFlags, 'apps/api/dist/main.js'], {
    cwd: join(import.meta.dirname, '..', '..'),
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: bed.url,
      HALYARD_SECRET: 'a secret of the bench that is long enough',
      HALYARD_ENCRYPTION_KEYS: encryptionKeys,
      HALYARD_ALLOW_PRIVATE_ADDRESSES: 'true', // the sinks are on this machine
      HALYARD_REQUESTS_PER_MINUTE: '0',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', log, log],
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await once(child, 'exit');
    clearTimeout(force);
  };
  bed.atEnd(stop);
  for (;;) {
    const text = readFileSync(logFile, 'utf8');
    const url = /"url":"(http[^"]+)".*"msg":"started"/.exec(text)?.[1];
    if (url)
      return {
        url,
        peakRssMb: () => peakRssMb(child.pid),
        cpuSeconds: () => processCpuSeconds(child.pid ?? 0),
        stop,
      };
    if (child.exitCode !== null) throw new Error(`Halyard ended with ${child.exitCode}: ${text}`);
    await pause(20);
  }
}

async function peakRssMb(pid: number | undefined): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}
