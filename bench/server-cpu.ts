/** What PostgreSQL's processes used of the processors so far: unlike a rate it hardly depends on what else is running. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const ticksPerSecond = 100;

/** Seconds of the server on this data and of its children, those that ended included; null on systems without /proc. */
export async function serverCpuSeconds(dataDir: string): Promise<number | null> {
  try {
    const [root] = (await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n');
    const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const stats = await Promise.all(processes.map(statOf));
    return (
      stats
        .filter((stat) => stat !== null && (stat.pid === root || stat.parent === root))
        .reduce((sum, stat) => sum + (stat?.ticks ?? 0), 0) / ticksPerSecond
    );
  } catch {
    return null;
  }
}

/** Seconds of one process; null on systems without /proc. */
export async function processCpuSeconds(pid: number): Promise<number | null> {
  const stat = await statOf(String(pid));
  return stat ? stat.ticks / ticksPerSecond : null;
}

/** proc(5): of the fields after the name, the 2nd is the parent, the 12th to 15th are user and system time, own and waited for. */
async function statOf(pid: string) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { pid, parent: fields[1], ticks };
}
