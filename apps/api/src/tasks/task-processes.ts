import { AsyncLocalStorage } from 'node:async_hooks';
import type { Progress } from '@halyard/core/simulate/simulations';
import type { Logger } from 'pino';
import { scrubbed } from '../operations/log.js';
import type { Kind, Tasks } from './task.js';
import type { Crash, HeapLimits } from './task-process.js';
import { TaskEnded, TaskProcess } from './task-process.js';

export interface Watcher {
  progress?: (progress: Progress) => void;
  /** Ends the process: nobody waits for it any more. */
  signal?: AbortSignal;
}

/**
 * Work that takes long, or much memory, is done in processes of their own: requests and loops of this one go on meanwhile,
 * and after whatever happens there. A process does one task at a time; `keep` lets it wait for the next one.
 */
export class TaskProcesses {
  /** Where this was made: outside any request. A process may outlive the one for which it was started. */
  readonly #outside = AsyncLocalStorage.snapshot();
  readonly #running = new Set<TaskProcess>();
  #idle: TaskProcess | null = null;
  #stopped = false;

  /** `entry`: the file that a process runs (task-main.ts). `secrets`: what tasks are given that no log may show. */
  constructor(
    private readonly entry: URL,
    private readonly limits: { heap: HeapLimits; keep: boolean; secrets: readonly string[] },
    private readonly log: Logger,
  ) {}

  /** Throws what is wrong with the request as DomainError, and TaskEnded when the process did not come to its end. */
  async run<K extends Kind>(
    kind: K,
    given: Tasks[K]['given'],
    { progress, signal }: Watcher = {},
  ): Promise<Tasks[K]['result']> {
    if (this.#stopped) throw new TaskEnded('ended');
    const process = this.#take();
    const end = () => void process.end();
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    try {
      return (await process.do({ kind, given } as never, progress)) as Tasks[K]['result'];
    } catch (error) {
      if (error instanceof TaskEnded) this.#logCrash(await process.gone);
      throw error;
    } finally {
      signal?.removeEventListener('abort', end);
      await this.#release(process);
    }
  }

  /** Ends every process, for good, and waits until they are gone; what they were doing fails. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#running].map((process) => process.end()));
  }

  #take(): TaskProcess {
    const waiting = this.#idle;
    this.#idle = null;
    if (waiting) {
      waiting.wake();
      return waiting;
    }
    return this.#outside(() => this.#start());
  }

  #start(): TaskProcess {
    const process = new TaskProcess(this.entry, this.limits.heap);
    this.#running.add(process);
    void process.gone.then((crash) => {
      this.#running.delete(process);
      if (this.#idle !== process) return; // who waits for its result is told
      this.#idle = null;
      this.#logCrash(crash);
    });
    return process;
  }

  /** One is kept; it does not keep this process from ending. */
  async #release(process: TaskProcess): Promise<void> {
    if (!this.limits.keep || this.#idle || process.isEnding || !this.#running.has(process)) {
      await process.end();
      return;
    }
    process.rest();
    this.#idle = process;
  }

  #logCrash(crash: Crash | null): void {
    if (!crash) return;
    const { exitCode, signal } = crash;
    const safe = this.limits.secrets.reduce((text, one) => text.replaceAll(one, '[hidden]'), crash.stderr);
    const stderr = scrubbed(safe);
    this.log.error({ exit_code: exitCode, signal, stderr }, 'the process of a task has crashed');
  }
}
