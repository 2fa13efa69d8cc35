import type { Metrics } from '@halyard/core/metrics';
import { counters, timers } from '@halyard/core/metrics';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Keeps the numbers of this process for Prometheus to fetch. */
export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry();
  readonly #counters = new Map<string, Counter>();
  readonly #timers = new Map<string, Histogram>();

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    for (const [name, { help, labels }] of Object.entries(counters))
      this.#counters.set(
        name,
        new Counter({ name: `halyard_${name}`, help, labelNames: [...labels], registers }),
      );
    for (const [name, { help, labels }] of Object.entries(timers))
      this.#timers.set(
        name,
        new Histogram({
          name: `halyard_${name}`,
          help,
          labelNames: [...labels],
          buckets: seconds,
          registers,
        }),
      );
  }

  count(name: string, labels: Record<string, string>, by = 1): void {
    this.#counters.get(name)?.inc(labels, by);
  }

  time(name: string, labels: Record<string, string>, elapsed: number): void {
    this.#timers.get(name)?.observe(labels, elapsed);
  }

  /** In Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}
