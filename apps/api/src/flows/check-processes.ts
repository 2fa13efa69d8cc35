import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { DomainError } from '@halyard/core/domain-error';
import type { DefinitionChecks } from '@halyard/core/flows/flow-checks';
import type { Known } from '@halyard/core/flows/known';
import type { OrgId } from '@halyard/core/ids';
import type { Logger } from 'pino';
import { TaskEnded } from '../tasks/task-process.js';
import { TaskProcesses } from '../tasks/task-processes.js';

const mostPerOrganization = 4;
const heap = { oldMb: 256, youngMb: 32 };

/**
 * Checks definitions in a process of their own, as the largest take seconds. One after the other: most take milliseconds, and the
 * process is kept, as starting it takes longer than that.
 */
export class CheckProcesses implements DefinitionChecks {
  readonly #processes: TaskProcesses;
  readonly #waiting: OrgId[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(entry: URL, log: Logger) {
    this.#processes = new TaskProcesses(entry, { heap, keep: true, secrets: [] }, log);
  }

  async check(orgId: OrgId, definition: FlowDefinition, known: Known): Promise<FlowFinding[]> {
    if (this.#waiting.filter((one) => one === orgId).length >= mostPerOrganization)
      throw new DomainError(
        'rate_limited',
        `${mostPerOrganization} flows of this organization are being checked: try again in a moment.`,
      );
    this.#waiting.push(orgId);
    const turn = this.#last.then(() => this.#processes.run('check', { definition, known }));
    this.#last = turn.catch(() => {});
    try {
      return await turn;
    } catch (error) {
      if (!(error instanceof TaskEnded)) throw error;
      throw new DomainError('unavailable', 'The check was ended before it was done. Start it again.');
    } finally {
      this.#waiting.splice(this.#waiting.indexOf(orgId), 1);
    }
  }

  /** Called by Nest before it waits for the requests that are under way. */
  onModuleDestroy(): Promise<void> {
    return this.#processes.stop();
  }
}
