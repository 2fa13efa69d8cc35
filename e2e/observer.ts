import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

/** A span as OTLP sends it in JSON, with its attributes as a plain object. */
export interface ObservedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  kind: number;
  attributes: Record<string, unknown>;
  links: { traceId: string; spanId: string }[];
  failed: boolean;
}

/** An OTLP/HTTP receiver, as a collector is one. */
export interface Observer {
  url: string;
  spans: ObservedSpan[];
  /** Names of the metrics that came. */
  metrics: Set<string>;
  /** Everything as it came, to search for what must not be in it. */
  bodies: string[];
  /** Content types, by path. */
  types: Map<string, string>;
  close(): Promise<void>;
}

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: string | number; boolValue?: boolean; doubleValue?: number };
}

export async function startObserver(): Promise<Observer> {
  const spans: ObservedSpan[] = [];
  const metrics = new Set<string>();
  const bodies: string[] = [];
  const types = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const raw = await buffer(request);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
    types.set(request.url ?? '', request.headers['content-type'] ?? '');
    bodies.push(body.toString());
    if (request.headers['content-type'] === 'application/json') {
      const told = JSON.parse(body.toString());
      for (const { scopeSpans } of told.resourceSpans ?? [])
        for (const { spans: some } of scopeSpans) spans.push(...some.map(toSpan));
      for (const { scopeMetrics } of told.resourceMetrics ?? [])
        for (const { metrics: some } of scopeMetrics) for (const { name } of some) metrics.add(name);
    }
    response.writeHead(200, { 'content-type': request.headers['content-type'] ?? '' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    metrics,
    bodies,
    types,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes?: Attribute[];
  links?: { traceId: string; spanId: string }[];
  status?: { code?: number };
}

const toSpan = (span: SentSpan): ObservedSpan => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId || undefined,
  name: span.name,
  kind: span.kind,
  attributes: Object.fromEntries(
    (span.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]),
  ),
  links: (span.links ?? []).map(({ traceId, spanId }) => ({ traceId, spanId })),
  failed: span.status?.code === 2,
});
