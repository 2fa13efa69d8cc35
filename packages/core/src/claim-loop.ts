import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from './clock.js';

/** What one round of work found. `nextDueAt`: when the earliest row that is not due yet will be; null when there is none. */
export interface Round {
  claimed: number;
  nextDueAt: Date | null;
}

/** Somebody to be woken when rows of a kind were written, by this process or another. */
export interface Wakeups {
  /** Tells every loop of this kind, in all processes, that there is work. Cheap: calls close together become one. */
  poke(kind: WorkKind): void;
  /** Returns how to stop listening. */
  listen(kind: WorkKind, wake: () => void): () => void;
}

export type WorkKind = 'events' | 'runs' | 'messages' | 'outbox' | 'campaigns';

export interface LoopReport {
  /** A round ended well. */
  roundEnded?(name: string, claimed: number, tookMs: number): void;
  loopFailed(name: string, error: unknown, retryInMs: number): void;
}

export interface ClaimLoopOptions {
  name: string;
  kind: WorkKind;
  /** Claims up to `limit` due rows, does the work, says what it found. Must be safe to run in several processes at once. */
  work: (limit: number, signal: AbortSignal) => Promise<Round>;
  wakeups: Wakeups;
  clock: Clock;
  report: LoopReport;
  batch?: { min: number; max: number; targetMs: number };
  /** Rounds that run beside one another as long as they come back full; one when left out. */
  rounds?: number;
  /** Waits for what rounds began and left under way; `stop` ends after it. */
  settle?: () => Promise<void>;
  /** After a round that found nothing whoever wakes it waits so long: for loops that most who wake them have nothing for. */
  restMs?: number;
  /** Longest sleep; also how soon an expired lease of a dead worker is taken over at the latest. */
  idleMs?: number;
}

/**
 * Claims rows that are due, batch after batch: at once while there are more, else when it is woken, when the next row is
 * due, or after `idleMs`. A round that throws is repeated after a growing pause; its rows were rolled back or stay
 * leased until the lease runs out, so nothing is lost.
 */
export class ClaimLoop {
  readonly name: string;
  #stopping = new AbortController();
  #finished: Promise<void> = Promise.resolve();
  #batch: number;
  #woken = false;
  #wake: () => void = () => {};
  readonly #beside = new Set<Promise<void>>();

  constructor(private readonly options: ClaimLoopOptions) {
    this.name = options.name;
    this.#batch = this.#limits.min;
  }

  start(): void {
    this.#finished = this.#run();
  }

  /** Looks again now, as there is room for more. */
  wake(): void {
    this.#woken = true;
    this.#wake();
  }

  /** Ends after the rounds that are under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#finished;
    await Promise.all(this.#beside);
    await this.options.settle?.();
  }

  get #limits() {
    return this.options.batch ?? { min: 20, max: 500, targetMs: 200 };
  }

  async #run(): Promise<void> {
    const unlisten = this.options.wakeups.listen(this.options.kind, () => this.wake());
    let failures = 0;
    let inVain = false;
    while (!this.#stopping.signal.aborted) {
      if (inVain && this.#woken) {
        inVain = false;
        await this.#rest();
        continue; // it may have been stopped meanwhile
      }
      this.#woken = false;
      try {
        await this.options.clock.settle?.();
        const { full, claimed, nextDueAt } = await this.#round();
        failures = 0;
        inVain = claimed === 0;
        if (full) this.#runBeside();
        else await this.#sleep(this.#untilDue(nextDueAt));
      } catch (error) {
        failures += 1;
        const retryInMs = Math.min(5_000, 100 * 2 ** Math.min(failures, 6));
        this.options.report.loopFailed(this.name, error, retryInMs);
        this.#woken = false;
        await this.#sleep(retryInMs);
      }
    }
    unlisten();
  }

  async #round(): Promise<Round & { full: boolean }> {
    const started = performance.now();
    const limit = this.#batch;
    const { claimed, nextDueAt } = await this.options.work(limit, this.#stopping.signal);
    const full = claimed >= limit;
    const tookMs = performance.now() - started;
    this.options.report.roundEnded?.(this.name, claimed, tookMs);
    this.#resize(full, tookMs);
    return { full, claimed, nextDueAt };
  }

  /** Others end when one of theirs does not come back full; what they meet is met by the next round as well. */
  #runBeside(): void {
    while (this.#beside.size < (this.options.rounds ?? 1) - 1) {
      const rounds = this.#whileFull()
        .catch((error: unknown) => this.options.report.loopFailed(this.name, error, 0))
        .finally(() => this.#beside.delete(rounds));
      this.#beside.add(rounds);
    }
  }

  async #whileFull(): Promise<void> {
    while (!this.#stopping.signal.aborted && (await this.#round()).full);
  }

  #resize(full: boolean, tookMs: number): void {
    const { min, max, targetMs } = this.#limits;
    if (tookMs > targetMs * 2) this.#batch = Math.max(min, Math.floor(this.#batch / 2));
    else if (full && tookMs < targetMs) this.#batch = Math.min(max, this.#batch * 2);
  }

  #untilDue(nextDueAt: Date | null): number {
    const idle = this.options.idleMs ?? 1_000;
    if (!nextDueAt) return idle;
    return Math.min(idle, Math.max(0, nextDueAt.getTime() - this.options.clock.now().getTime()));
  }

  #rest(): Promise<unknown> {
    const { restMs = 0 } = this.options;
    return restMs > 0
      ? pause(restMs, undefined, { signal: this.#stopping.signal }).catch(() => {})
      : Promise.resolve();
  }

  #sleep(milliseconds: number): Promise<void> {
    if (this.#woken || this.#stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      function done() {
        clearTimeout(timer);
        resolve();
      }
      this.#wake = done;
    });
  }
}
