import { timers } from '@halyard/core/metrics';
import type { Meter } from '@opentelemetry/api';
import type { PrometheusMetrics } from './prometheus.js';

/**
 * Hands the numbers that /metrics shows to OpenTelemetry, under the same names: counters and gauges are read when they are
 * exported, durations are recorded twice.
 */
export function exportMetrics(meter: Meter, metrics: PrometheusMetrics): void {
  for (const { name, help, type, read } of metrics.readings()) {
    const options = { description: help };
    const instrument =
      type === 'counter'
        ? meter.createObservableCounter(name, options)
        : meter.createObservableGauge(name, options);
    instrument.addCallback(async (result) => {
      for (const { value, labels } of await read()) result.observe(value, labels);
    });
  }
  const histograms = new Map(
    Object.entries(timers).map(([name, { help, buckets }]) => [
      name,
      meter.createHistogram(`halyard_${name}`, {
        description: help,
        unit: 's',
        advice: { explicitBucketBoundaries: [...buckets] },
      }),
    ]),
  );
  metrics.alsoTime((name, labels, seconds) => histograms.get(name)?.record(seconds, labels));
}
