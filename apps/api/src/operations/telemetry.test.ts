import { noLog } from '@halyard/core/log';
import { expect, test } from 'vitest';
import { PrometheusMetrics } from './prometheus.js';
import { openTelemetry } from './telemetry.js';

test.each([
  [{}],
  [{ OTEL_SERVICE_NAME: 'halyard' }],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SDK_DISABLED: 'true' }],
])('nobody observes with %j', async (env) => {
  expect((await openTelemetry(env, new PrometheusMetrics(), noLog)).tracing).toBeNull();
});

test('gauges that cannot be read are left out, and the others are there', async () => {
  const metrics = new PrometheusMetrics();
  metrics.gauge('no_answer', 'cannot be read', [], () => Promise.reject(new Error('no database')));
  metrics.gauge('answer', 'can be read', ['of'], async () => [{ value: 42, labels: { of: 'life' } }]);
  const text = await metrics.text();
  expect(text).toContain('halyard_answer{of="life"} 42');
  expect(text).not.toMatch(/^halyard_no_answer /m);
});
