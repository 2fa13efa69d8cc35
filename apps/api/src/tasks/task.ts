import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { SimulationResult } from '@halyard/contracts/simulate/result';
import type { SimulationInput } from '@halyard/contracts/simulate/routes';
import type { Known } from '@halyard/core/flows/known';
import type { OrgId } from '@halyard/core/ids';
import type { Progress } from '@halyard/core/simulate/simulations';
import type { Problem } from '../http/database-problem.js';

/** What a simulation needs of this server's settings. Told with the task, as command lines are there for all to read. */
export interface Surroundings {
  databaseUrl: string;
  /** For the links in rendered messages. */
  secret: string;
  publicUrl: string;
}

/** What a process is asked to do, and what comes of it. */
export interface Tasks {
  simulate: {
    given: { surroundings: Surroundings; orgId: OrgId; input: SimulationInput };
    result: SimulationResult;
  };
  check: { given: { definition: FlowDefinition; known: Known }; result: FlowFinding[] };
}
export type Kind = keyof Tasks;

export type Task = { [K in Kind]: { kind: K; given: Tasks[K]['given'] } }[Kind];

/** What the process tells of its task, at last its result, what is wrong with the request, or what broke. */
export type Told =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'result'; result: Tasks[Kind]['result'] }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'bug'; error: unknown };
