import type { Logger } from 'pino';
import type { Service } from '../service.js';

/** Counts a span; answers whether there is more at once. Safe to run in several processes. */
interface Counter {
  count(): Promise<boolean>;
}

const pauseMs = 15_000;

/** Keeps the figures of the overview current: every quarter of a minute, and without a pause while it is behind. */
export class FiguresService implements Service {
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly counter: Counter,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (!this.#stopped && (await this.counter.count()));
    } catch (error) {
      this.log.warn({ err: error }, 'the figures of the overview could not be counted; it is tried again');
    }
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#run();
    }, pauseMs);
    this.#timer.unref();
  }
}
