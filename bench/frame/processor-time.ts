import type { Bed } from './bed.ts';
import type { Figure } from './bench.ts';
import type { Halyard } from './halyard.ts';

/** What each of `total` things took of the processors while they were done: that depends far less on what else runs. */
export async function processorTime<T>(
  bed: Bed,
  halyard: Halyard,
  total: number,
  of: string,
  work: () => Promise<T>,
): Promise<{ done: T; cpu: Figure[] }> {
  const look = async () => [await halyard.cpuSeconds(), await bed.serverCpu()] as const;
  const before = await look();
  const done = await work();
  const after = await look();
  const cpu = (['Halyard', 'PostgreSQL'] as const).map((name, n) => ({
    what: `processor time, ${name}`,
    unit: `µs/${of}`,
    value: (((after[n] ?? 0) - (before[n] ?? 0)) / total) * 1e6,
  }));
  return { done, cpu };
}
