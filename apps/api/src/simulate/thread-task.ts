import type { SimulationResult } from '@halyard/contracts/simulate/result';
import type { SimulationInput } from '@halyard/contracts/simulate/routes';
import type { OrgId } from '@halyard/core/ids';
import type { Progress } from '@halyard/core/simulate/simulations';
import type { Problem } from '../http/database-problem.js';

/** What a thread of its own needs to simulate; it is given as `workerData`. */
export interface ThreadTask {
  databaseUrl: string;
  /** For the links in rendered messages. */
  secret: string;
  publicUrl: string;
  orgId: OrgId;
  input: SimulationInput;
}

/** What the thread tells, at last its result or what is wrong with the request. What it throws is a bug. */
export type FromThread =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'result'; result: SimulationResult }
  | { kind: 'problem'; problem: Problem };
