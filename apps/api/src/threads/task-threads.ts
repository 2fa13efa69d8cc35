import type { ResourceLimits } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import type { Issue } from '@halyard/core/domain-error';
import { DomainError } from '@halyard/core/domain-error';
import type { Progress } from '@halyard/core/simulate/simulations';
import type { FromThread, Kind, Surroundings, Tasks } from './thread-task.js';

export interface Watcher {
  progress?: (progress: Progress) => void;
  /** Ends the thread: nobody waits for it any more. */
  signal?: AbortSignal;
}

/** A task ended with its thread: `memory` where it took more than it may, else because somebody ended it. */
export class ThreadEnded extends Error {
  override readonly name = 'ThreadEnded';
  constructor(readonly why: 'memory' | 'ended') {
    super(`A thread has ended before its task was done: ${why}.`);
  }
}

/**
 * Work that takes long does so in a thread of its own, so that requests and loops of this process go on meanwhile. A
 * thread does one task at a time; `keep` lets it wait for the next one.
 */
export class TaskThreads {
  readonly #running = new Set<Worker>();
  #idle: Worker | null = null;
  #stopped = false;

  /** `entry`: the file that a thread runs (task-thread.ts). */
  constructor(
    private readonly entry: URL,
    private readonly surroundings: Surroundings,
    private readonly limits: { memory: ResourceLimits; keep: boolean },
  ) {}

  /** Throws what is wrong with the request as DomainError, and ThreadEnded when the thread did not come to its end. */
  async run<K extends Kind>(
    kind: K,
    given: Tasks[K]['given'],
    { progress, signal }: Watcher = {},
  ): Promise<Tasks[K]['result']> {
    if (this.#stopped) throw new ThreadEnded('ended');
    const thread = this.#take();
    const end = () => void thread.terminate();
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    try {
      const result = resultOf(thread, progress);
      thread.postMessage({ kind, given });
      return (await result) as Tasks[K]['result'];
    } finally {
      signal?.removeEventListener('abort', end);
      await this.#release(thread);
    }
  }

  /** Ends every thread, for good; what they were doing fails. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#running].map((thread) => thread.terminate()));
  }

  #take(): Worker {
    const waiting = this.#idle;
    this.#idle = null;
    if (waiting) {
      waiting.ref();
      return waiting;
    }
    const thread = new Worker(this.entry, {
      workerData: this.surroundings,
      resourceLimits: this.limits.memory,
    });
    this.#running.add(thread);
    thread.on('error', () => {}); // who waits for its result is told; of an idle thread nobody need be
    thread.once('exit', () => {
      this.#running.delete(thread);
      if (this.#idle === thread) this.#idle = null;
    });
    return thread;
  }

  /** One is kept; it does not keep the process from ending. */
  async #release(thread: Worker): Promise<void> {
    if (!this.limits.keep || this.#idle || !this.#running.has(thread)) {
      await thread.terminate();
      return;
    }
    thread.unref();
    this.#idle = thread;
  }
}

function resultOf(thread: Worker, progress?: (progress: Progress) => void): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const told = (message: FromThread) => {
    if (message.kind === 'progress') progress?.(message.progress);
    else if (message.kind === 'result') resolve(message.result);
    else reject(errorOf(message.problem));
  };
  const failed = (error: Error & { code?: string }) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ThreadEnded('memory') : error);
  const ended = () => reject(new ThreadEnded('ended'));
  thread.on('message', told).once('error', failed).once('exit', ended);
  return promise.finally(() => {
    thread.off('message', told).off('error', failed).off('exit', ended);
  });
}

const errorOf = ({ code, detail, issues = [] }: Extract<FromThread, { kind: 'problem' }>['problem']) =>
  new DomainError(code, detail, issues as Issue[]);
