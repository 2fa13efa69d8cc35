import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Stops a server that still runs on this data because whoever started it was killed, and removes a lock file whose
 * number belongs to another program by now (after a restart of the machine).
 */
export async function stopLeftover(dataFolder: string): Promise<void> {
  const lockFile = join(dataFolder, 'postmaster.pid');
  if (!existsSync(lockFile)) return;
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n', 1)[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !runs(pid)) return; // PostgreSQL replaces the file by itself
  if (!commandOf(pid).includes(dataFolder)) {
    await rm(lockFile, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  const patienceEnds = Date.now() + 20_000;
  while (runs(pid)) {
    if (Date.now() > patienceEnds) process.kill(pid, 'SIGQUIT');
    await pause(50);
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !commandOf(pid).endsWith('(zombie)');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function commandOf(pid: number): string {
  if (!existsSync('/proc/self/cmdline'))
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return command || '(zombie)'; // a process that ended and was not waited for has no command line
  } catch {
    return '';
  }
}
