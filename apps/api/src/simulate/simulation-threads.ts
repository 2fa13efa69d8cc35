import { Worker } from 'node:worker_threads';
import type { SimulationResult } from '@halyard/contracts/simulate/result';
import type { SimulationInput } from '@halyard/contracts/simulate/routes';
import type { Issue } from '@halyard/core/domain-error';
import { DomainError } from '@halyard/core/domain-error';
import type { OrgId } from '@halyard/core/ids';
import type { Progress } from '@halyard/core/simulate/simulations';
import type { FromThread, ThreadTask } from './thread-task.js';

/** At once; each may take a processor and its share of the memory. */
const most = { perProcess: 4, perOrganization: 2 };
/** A hundred thousand events take half of it. Much of what is made is thrown away at once: that needs room. */
const memory = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 64 };

export interface Watcher {
  progress?: (progress: Progress) => void;
  /** Ends the simulation: nobody waits for it any more. */
  signal: AbortSignal;
}

/** Runs simulations each in a thread of its own, so that requests and loops of this process go on meanwhile. */
export class SimulationThreads {
  readonly #running = new Map<Worker, OrgId>();

  /** `entry`: the file that a thread runs (simulation-thread.ts). */
  constructor(
    private readonly entry: URL,
    private readonly surroundings: Pick<ThreadTask, 'databaseUrl' | 'secret' | 'publicUrl'>,
  ) {}

  async run(orgId: OrgId, input: SimulationInput, { progress, signal }: Watcher): Promise<SimulationResult> {
    this.#refuseTooMany(orgId);
    const workerData: ThreadTask = { ...this.surroundings, orgId, input };
    const thread = new Worker(this.entry, { workerData, resourceLimits: memory });
    const end = () => void thread.terminate();
    this.#running.set(thread, orgId);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    try {
      return await resultOf(thread, progress);
    } finally {
      signal.removeEventListener('abort', end);
      await thread.terminate();
      this.#running.delete(thread);
    }
  }

  /** Called by Nest before it waits for the requests that are under way. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((thread) => thread.terminate()));
  }

  #refuseTooMany(orgId: OrgId): void {
    const own = [...this.#running.values()].filter((one) => one === orgId).length;
    if (own >= most.perOrganization)
      throw new DomainError(
        'rate_limited',
        `${most.perOrganization} simulations of this organization are under way: try again when one of them is done.`,
      );
    if (this.#running.size >= most.perProcess)
      throw new DomainError(
        'rate_limited',
        'Other organizations are simulating, and there is no room left: try again in a minute.',
      );
  }
}

function resultOf(thread: Worker, progress?: (progress: Progress) => void): Promise<SimulationResult> {
  return new Promise((resolve, reject) => {
    thread.on('message', (told: FromThread) => {
      if (told.kind === 'progress') progress?.(told.progress);
      else if (told.kind === 'result') resolve(told.result);
      else reject(errorOf(told.problem));
    });
    thread.once('error', (error: Error & { code?: string }) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : error),
    );
    thread.once('exit', () => reject(ended()));
  });
}

const errorOf = ({ code, detail, issues = [] }: Extract<FromThread, { kind: 'problem' }>['problem']) =>
  new DomainError(code, detail, issues as Issue[]);

const tooLarge = () =>
  new DomainError(
    'invalid_request',
    'This simulation needs more memory than one may take: choose a shorter period, or one contact.',
  );
const ended = () =>
  new DomainError('unavailable', 'The simulation was ended before it was done. Start it again.');
