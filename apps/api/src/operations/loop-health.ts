import type { LoopReport } from '@halyard/core/claim-loop';
import type { Clock } from '@halyard/core/clock';
import type { Metrics } from '@halyard/core/metrics';
import type { Logger } from 'pino';

/** A loop that has not ended a round well for so long counts as stuck. */
const stuckAfterMs = 60_000;
/** A loop that failed so often in a row does not get over it by itself within a moment. */
const failingAfter = 5;

/** Hears from every claim loop: counts, logs what failed, and knows which loops are in trouble. */
export class LoopHealth implements LoopReport {
  readonly #lastWell = new Map<string, Date>();
  readonly #failures = new Map<string, number>();

  constructor(
    private readonly metrics: Metrics,
    private readonly log: Logger,
    private readonly clock: Clock,
  ) {}

  /** From now on this loop is expected to end rounds. */
  expect(name: string): void {
    this.#lastWell.set(name, this.clock.now());
  }

  roundEnded(name: string, claimed: number, tookMs: number): void {
    this.#lastWell.set(name, this.clock.now());
    this.#failures.delete(name);
    this.metrics.count('loop_rounds_total', { loop: name });
    this.metrics.count('loop_claimed_total', { loop: name }, claimed);
    this.metrics.time('loop_round_duration_seconds', { loop: name }, tookMs / 1000);
  }

  loopFailed(name: string, error: unknown, retryInMs: number): void {
    if (this.#lastWell.has(name)) this.#failures.set(name, (this.#failures.get(name) ?? 0) + 1);
    this.metrics.count('loop_failures_total', { loop: name });
    this.log.error({ err: error, loop: name, retry_in_ms: retryInMs }, 'a round of a loop failed');
  }

  /** How often in a row each loop has failed. */
  failures(): { loop: string; n: number }[] {
    return [...this.#lastWell.keys()].map((loop) => ({ loop, n: this.#failures.get(loop) ?? 0 }));
  }

  /** Loops that are stuck or keep failing, each with what it is; empty when all is well. */
  troubles(): string[] {
    const limit = this.clock.now().getTime() - stuckAfterMs;
    return [...this.#lastWell].flatMap(([name, at]) => {
      const failures = this.#failures.get(name) ?? 0;
      if (failures >= failingAfter) return [`${name} failed ${failures} times in a row`];
      return at.getTime() < limit ? [`${name} is stuck`] : [];
    });
  }
}
