import type { SimulationResult } from '@halyard/contracts/simulate/result';
import type { SimulationInput } from '@halyard/contracts/simulate/routes';
import { DomainError } from '@halyard/core/domain-error';
import type { OrgId } from '@halyard/core/ids';
import type { Logger } from 'pino';
import type { Surroundings } from '../tasks/task.js';
import { TaskEnded } from '../tasks/task-process.js';
import type { Watcher } from '../tasks/task-processes.js';
import { TaskProcesses } from '../tasks/task-processes.js';
import type { SimulationShares } from './simulation-memory.js';

const mostPerOrganization = 2;
/** Much of what a simulation makes is thrown away at once: that needs room. */
const youngMb = 64;

/** Runs simulations each in a process of its own that ends with it; each may take a processor and its share of memory. */
export class SimulationProcesses {
  readonly #running: OrgId[] = [];
  readonly #processes: TaskProcesses;

  constructor(
    entry: URL,
    private readonly surroundings: Surroundings,
    private readonly shares: SimulationShares,
    log: Logger,
  ) {
    const young = Math.min(youngMb, Math.floor(shares.eachMb / 4));
    const heap = { oldMb: shares.eachMb - young, youngMb: young };
    const secrets = [surroundings.databaseUrl, surroundings.secret];
    this.#processes = new TaskProcesses(entry, { heap, keep: false, secrets }, log);
  }

  async run(orgId: OrgId, input: SimulationInput, watcher: Watcher): Promise<SimulationResult> {
    this.#refuseTooMany(orgId);
    this.#running.push(orgId);
    try {
      const { surroundings } = this;
      return await this.#processes.run('simulate', { surroundings, orgId, input }, watcher);
    } catch (error) {
      if (!(error instanceof TaskEnded)) throw error;
      throw error.why === 'memory' ? tooLarge(this.shares) : ended();
    } finally {
      this.#running.splice(this.#running.indexOf(orgId), 1);
    }
  }

  /** Called by Nest before it waits for the requests that are under way. */
  onModuleDestroy(): Promise<void> {
    return this.#processes.stop();
  }

  #refuseTooMany(orgId: OrgId): void {
    const own = this.#running.filter((one) => one === orgId).length;
    if (own >= mostPerOrganization)
      throw new DomainError(
        'rate_limited',
        `${own} simulations of this organization are under way: try again when one of them is done.`,
      );
    if (this.#running.length >= this.shares.atOnce)
      throw new DomainError(
        'rate_limited',
        'There is no room for another simulation beside those under way: try again in a minute.',
      );
  }
}

const tooLarge = ({ eachMb }: SimulationShares) =>
  new DomainError(
    'invalid_request',
    `This simulation was ended, as it needs more than the ${eachMb} MB of memory that one may take here: choose a shorter period, or one contact. Who runs this server can give more by HALYARD_SIMULATIONS_MB.`,
  );
const ended = () =>
  new DomainError('unavailable', 'The simulation was ended before it was done. Start it again.');
