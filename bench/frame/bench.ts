import type { Bed } from './bed.ts';

/** A number that must be reached: at least (rates, ratios), or at most (times, memory). */
export type Aim = { atLeast: number } | { atMost: number };

export interface Figure {
  what: string;
  value: number;
  /** Such as events/s, ms or MB; empty for a ratio. */
  unit: string;
  /** The same, measured in the same run, of a bare loop that does only the unavoidable I/O. */
  ceiling?: number;
  aim?: Aim;
}

export interface BenchOptions {
  /** Small counts: shows that the bench runs, not how fast it is. */
  quick: boolean;
  /** Writes a CPU profile of every process to bench/results. */
  profile: boolean;
  /** Counts what each statement costs PostgreSQL, and is slower by that. */
  statements: boolean;
}

/** One file of this folder: it fills its own database, starts what it measures, and returns what it saw. */
export interface Bench {
  name: string;
  run(bed: Bed, options: BenchOptions): Promise<Figure[]>;
}

/** The full count, or the one for development. */
export const counts = <T>({ quick }: BenchOptions, full: T, small: T): T => (quick ? small : full);
