import type { Balance } from './reconcile.ts';
import type { Scene } from './scene.ts';

/** One row of the table in docs/reliability.md: something is broken while Halyard works. */
export interface Row {
  /** For `pnpm chaos --row <name>`. */
  name: string;
  /** What is broken, as the table says it. */
  fault: string;
  /** Played by `pnpm chaos` alone: it takes too long for CI, or another row holds the same for it. */
  onlyLong?: boolean;
  /** Seconds within which what was acknowledged before the fault must be out; 60 when left out. */
  recoverWithin?: number;
  /** What it needs and this machine does not have, as the rest of a sentence; null when everything is there. */
  missing?(): Promise<string | null>;
  /** Starts processes, sends load, breaks things. It may throw: then the row has failed. The drain comes after it. */
  run(scene: Scene): Promise<void>;
}

export interface Verdict {
  row: Row;
  seed: number;
  seconds: number;
  balance: Balance;
  /** Why the row is red; empty when it is green. */
  failures: string[];
}
