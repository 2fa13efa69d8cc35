import type { Log } from '@halyard/core/log';
import type { Tracing } from '@halyard/core/trace';
import type { PrometheusMetrics } from './prometheus.js';

export interface Telemetry {
  /** Null when nobody observes. */
  tracing: Tracing | null;
  /** Sends what is left. */
  close(): Promise<void>;
}

const endpoints = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
];

/** Observes this process by OpenTelemetry where an endpoint for that is set; loads nothing of it otherwise. */
export async function openTelemetry(
  env: Record<string, string | undefined>,
  metrics: PrometheusMetrics,
  log: Log,
): Promise<Telemetry> {
  const wanted = endpoints.some((name) => env[name]) && env.OTEL_SDK_DISABLED !== 'true';
  if (!wanted) return { tracing: null, close: async () => {} };
  const { startOpenTelemetry } = await import('./open-telemetry.js');
  return startOpenTelemetry(metrics, log);
}
