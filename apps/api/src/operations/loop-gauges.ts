import type { LoopHealth } from './loop-health.js';
import type { PrometheusMetrics } from './prometheus.js';

/** Shows of each loop of this process whether it gets on. */
export function gaugeLoops(metrics: PrometheusMetrics, health: LoopHealth): void {
  metrics.gauge(
    'loop_failures_in_a_row',
    'Rounds of a claim loop that threw since one ended well',
    ['loop'],
    async () => health.failures().map(({ loop, n }) => ({ value: n, labels: { loop } })),
  );
}
