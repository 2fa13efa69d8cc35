import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noLog } from '@halyard/core/log';
import { expect, test, vi } from 'vitest';
import { PrometheusMetrics } from './prometheus.js';
import { openTelemetry } from './telemetry.js';

test('without further settings protobuf is sent, and a collector that is away is told of and keeps nobody', async () => {
  const received = new Map<string, string>();
  const collector = createServer((request, response) => {
    received.set(request.url ?? '', request.headers['content-type'] ?? '');
    request.resume().on('end', () => response.writeHead(200).end());
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`);
  vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '20');
  vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '500');
  vi.stubEnv('OTEL_METRICS_EXPORTER', 'none');
  const warnings: string[] = [];
  const log = { ...noLog, warn: (_: object, text: string) => void warnings.push(text) };
  const { tracing, close } = await openTelemetry(process.env, new PrometheusMetrics(), log);

  tracing?.start({ name: 'first', kind: 'internal', parent: null, attributes: {} }).end();
  await vi.waitFor(() => expect(received.get('/v1/traces')).toBe('application/x-protobuf'));

  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
  tracing?.start({ name: 'second', kind: 'internal', parent: null, attributes: {} }).end();
  await vi.waitFor(() => expect(warnings.join()).toMatch(/export|ECONNREFUSED/i), { timeout: 10_000 });
  tracing?.start({ name: 'third', kind: 'internal', parent: null, attributes: {} }).end();
  await close();
});
