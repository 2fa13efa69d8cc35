import { totalmem } from 'node:os';

/** How many simulations a process runs at once, and what each may take. */
export interface SimulationShares {
  atOnce: number;
  eachMb: number;
}

const most = { atOnce: 4, eachMb: 1_024 };

/** A share of 1 GB holds some 200,000 events; where there is less for all together, there are fewer, then smaller ones. */
export function sharesOf(allTogetherMb: number): SimulationShares {
  const atOnce = Math.min(most.atOnce, Math.max(1, Math.floor(allTogetherMb / most.eachMb)));
  return { atOnce, eachMb: Math.min(most.eachMb, Math.floor(allTogetherMb / atOnce)) };
}

/** A quarter of what this process may take at all, by its container or by the machine. */
export function quarterOfMemoryMb(
  machine: number = totalmem(),
  container: number = process.constrainedMemory(),
): number {
  const bytes = container > 0 ? Math.min(machine, container) : machine;
  return Math.floor(bytes / 4 / 1_048_576);
}
