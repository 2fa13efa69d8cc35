import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Issue } from '@halyard/core/domain-error';
import { DomainError } from '@halyard/core/domain-error';
import type { Progress } from '@halyard/core/simulate/simulations';
import type { Task, Told } from './task.js';

/** What the heap of a process may take, in MB: what lives long, and what was made just now. */
export interface HeapLimits {
  oldMb: number;
  youngMb: number;
}

/** A task ended with its process: `memory` where it took more than it may, else because somebody or something ended it. */
export class TaskEnded extends Error {
  override readonly name = 'TaskEnded';
  constructor(readonly why: 'memory' | 'ended') {
    super(`A process has ended before its task was done: ${why}.`);
  }
}

/** How a process ended that nobody here ended and that kept within its memory. */
export interface Crash {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** What it wrote last. */
  stderr: string;
}

/** V8 tells in a few thousand characters why it gave up, and where. */
const longest = 8_000;

/** What V8 says where a heap is full. It ends the process by SIGABRT then, as it may for other reasons. */
const outOfMemory = /^FATAL ERROR: .*out of memory/m;

/** A process that does tasks, one at a time: whatever happens to it, only it ends. */
export class TaskProcess {
  /** Resolves when it is gone; to null where that was to be expected. */
  readonly gone: Promise<Crash | null>;
  readonly #child: ChildProcess;
  #stderr = '';
  #isTold = false;

  /** `entry`: the file that it runs (task-main.ts). */
  constructor(entry: URL, { oldMb, youngMb }: HeapLimits) {
    // The young generation is made of three semi-spaces. What this process itself was started with does not count there.
    const heap = [`--max-old-space-size=${oldMb}`, `--max-semi-space-size=${Math.ceil(youngMb / 3)}`];
    this.#child = fork(entry, {
      execArgv: heap,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text) => this.#note(text));
    this.#child.on('error', (error) => this.#note(String(error))); // it could not be started
    this.gone = new Promise((resolve) => {
      this.#child.once('close', (exitCode, signal) => {
        const isCrash = !this.#isTold && !this.#isOutOfMemory();
        resolve(isCrash ? { exitCode, signal, stderr: this.#stderr } : null);
      });
    });
  }

  /** It was told to end: nothing more is to be given to it. */
  get isEnding(): boolean {
    return this.#isTold;
  }

  /** Throws what is wrong with the request as DomainError, and TaskEnded when it did not come to its end. */
  do(task: Task, progress?: (progress: Progress) => void): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const heard = (told: Told) => {
      if (told.kind === 'progress') progress?.(told.progress);
      else if (told.kind === 'result') resolve(told.result);
      else if (told.kind === 'problem') reject(errorOf(told.problem));
      else {
        void this.end(); // who knows in what state it is
        reject(told.error);
      }
    };
    const ended = () => reject(new TaskEnded(this.#isOutOfMemory() ? 'memory' : 'ended'));
    this.#child.send(task, () => {}); // where it cannot arrive, the process has ended, and that is heard
    this.#child.on('message', heard).once('close', ended);
    return promise.finally(() => this.#child.off('message', heard).off('close', ended));
  }

  /** Ends it, whatever it does, and waits until it is gone. */
  async end(): Promise<void> {
    this.#isTold = true;
    this.wake(); // else this process could end first
    this.#child.kill('SIGKILL');
    await this.gone;
  }

  /** While it rests it does not keep this process from ending. */
  rest(): void {
    for (const part of this.#parts()) part?.unref();
  }

  wake(): void {
    for (const part of this.#parts()) part?.ref();
  }

  #parts() {
    const { channel, stderr } = this.#child;
    return [this.#child, channel, stderr as Socket | null];
  }

  #note(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-longest);
  }

  #isOutOfMemory(): boolean {
    return !this.#isTold && outOfMemory.test(this.#stderr);
  }
}

const errorOf = ({ code, detail, issues = [] }: Extract<Told, { kind: 'problem' }>['problem']) =>
  new DomainError(code, detail, issues as Issue[]);
