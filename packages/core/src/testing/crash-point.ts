import type { CrashPoint } from '../crash-points.ts';

// biome-ignore lint/style/noProcessEnv: the suite says so to a process that it starts; production never has this file.
const { HALYARD_CRASH_AT: armed, HALYARD_CRASH_PASSING: passing } = process.env;
let left = Number(passing ?? 1);

/**
 * Kills the process at the armed point, at once and without a word, as the kernel would when memory runs out.
 * @public imported as #crash-point
 */
export function crashPoint(name: CrashPoint): void {
  if (name !== armed) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}
