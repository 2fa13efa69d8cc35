import type { Retention } from '@halyard/core/retention/retention';
import type { Logger } from 'pino';
import type { Service } from '../service.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * Removes once a day what was kept long enough. Each worker does so by itself, a few minutes after its start and then every
 * day: what one has removed, the next does not find. Hence no job of a queue: there is nothing to share out or to catch up on,
 * and a queue that is away must not keep what was promised to go.
 */
export class RetentionService implements Service {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly retention: Retention,
    private readonly log: Logger,
    private readonly firstAfterMs = 5 * minute + Math.random() * 10 * minute,
  ) {}

  async start(): Promise<void> {
    this.#plan(this.firstAfterMs);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.retention.stop();
    await this.#running;
  }

  #plan(afterMs: number): void {
    this.#timer = setTimeout(() => {
      this.#plan(day);
      this.#running = this.#run();
    }, afterMs);
    this.#timer.unref();
  }

  async #run(): Promise<void> {
    try {
      this.log.info({ removed: await this.retention.run() }, 'what was kept long enough was removed');
    } catch (error) {
      this.log.error({ err: error }, 'removing what was kept long enough failed; it is tried again tomorrow');
    }
  }
}
