import type { Metrics } from '@halyard/core/metrics';
import { counters, timers } from '@halyard/core/metrics';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** A number with the labels that tell it from its neighbours. */
export interface Reading {
  value: number;
  labels: Record<string, string>;
}

/** A duration that was just measured. */
type Timed = (name: string, labels: Record<string, string>, seconds: number) => void;

/** Keeps the numbers of this process for Prometheus to fetch, and for OpenTelemetry to send. */
export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry();
  readonly #counters = new Map<string, Counter>();
  readonly #timers = new Map<string, Histogram>();
  #alsoTime: Timed | null = null;

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    for (const [name, { help, labels }] of Object.entries(counters))
      this.#counters.set(
        name,
        new Counter({ name: `halyard_${name}`, help, labelNames: [...labels], registers }),
      );
    for (const [name, { help, labels, buckets }] of Object.entries(timers))
      this.#timers.set(
        name,
        new Histogram({
          name: `halyard_${name}`,
          help,
          labelNames: [...labels],
          buckets: [...buckets],
          registers,
        }),
      );
  }

  count(name: string, labels: Record<string, string>, by = 1): void {
    this.#counters.get(name)?.inc(labels, by);
  }

  time(name: string, labels: Record<string, string>, elapsed: number): void {
    this.#timers.get(name)?.observe(labels, elapsed);
    this.#alsoTime?.(name, labels, elapsed);
  }

  /** Numbers that are looked up whenever somebody asks; while they cannot be, there are none. */
  gauge(name: string, help: string, labelNames: readonly string[], read: () => Promise<Reading[]>): void {
    new Gauge({
      name: `halyard_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [this.#registry],
      async collect() {
        const readings = await read().catch(() => []);
        this.reset();
        if (labelNames.length === 0) this.remove(); // it was set to 0, which nobody said
        for (const { labels, value } of readings) this.set(labels, value);
      },
    });
  }

  /** In Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Every counter and gauge there is, those about the process included. */
  readings(): { name: string; help: string; type: 'counter' | 'gauge'; read: () => Promise<Reading[]> }[] {
    return this.#registry.getMetricsAsArray().flatMap((metric) => {
      const type = metric.type as unknown as string;
      if (type !== 'counter' && type !== 'gauge') return [];
      const read = async () =>
        (await (metric as unknown as Gauge).get()).values.map(({ value, labels }) => ({
          value,
          labels: Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, String(text)])),
        }));
      return [{ name: metric.name, help: metric.help, type, read }];
    });
  }

  /** Durations are told once more, as they are measured. */
  alsoTime(tell: Timed): void {
    this.#alsoTime = tell;
  }
}
