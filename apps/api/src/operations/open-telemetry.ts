import { setTimeout } from 'node:timers/promises';
import type { Log } from '@halyard/core/log';
import type { SpanAttributes, SpanStart, Tracing } from '@halyard/core/trace';
import { spanNamedBy } from '@halyard/core/trace';
import type { Context, Link, SpanContext, Tracer } from '@opentelemetry/api';
import {
  DiagLogLevel,
  diag,
  isSpanContextValid,
  metrics,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { exportMetrics } from './exported-metrics.js';
import type { PrometheusMetrics } from './prometheus.js';
import { SpanNames } from './span-names.js';

/**
 * Spans and numbers by OTLP, all of it set by the standard OTEL_* variables. This file is loaded only where an endpoint is
 * set (telemetry.ts): the SDK takes memory that nobody else shall pay for.
 */
export function startOpenTelemetry(
  numbers: PrometheusMetrics,
  log: Log,
): { tracing: Tracing; close(): Promise<void> } {
  if (!process.env.OTEL_LOG_LEVEL) diag.setLogger(troublesTo(log), DiagLogLevel.WARN);
  // Not the command line of the process and who runs it, which the SDK would also tell.
  process.env.OTEL_NODE_RESOURCE_DETECTORS ??= 'env,host,serviceinstance';
  const names = new SpanNames();
  const sdk = new NodeSDK({
    ...(!process.env.OTEL_SERVICE_NAME && { serviceName: 'halyard' }),
    idGenerator: names,
    logRecordProcessors: [], // logs go to standard output only
  });
  sdk.start();
  exportMetrics(metrics.getMeter('halyard'), numbers);
  const tracing = new OtelTracing(trace.getTracer('halyard'), names);
  const ended = () =>
    sdk.shutdown().catch((error) => log.warn({ err: error }, 'the last observations could not be sent'));
  return {
    tracing,
    close: () => Promise.race([ended(), setTimeout(longestFarewellMs, undefined, { ref: false })]),
  };
}

/** A collector that is away shall not keep a process from ending. */
const longestFarewellMs = 3_000;

const troublesTo = (log: Log) => {
  const tell = (text: string) => log.warn({ component: 'opentelemetry' }, text);
  return { error: tell, warn: tell, info: () => {}, debug: () => {}, verbose: () => {} };
};

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

class OtelTracing implements Tracing {
  constructor(
    private readonly tracer: Tracer,
    private readonly names: SpanNames,
  ) {}

  start({ name, kind, parent, links = [], row, startedAt, attributes }: SpanStart) {
    const options = {
      kind: kinds[kind],
      attributes: present(attributes),
      links: links.flatMap(linkTo),
      ...(startedAt && { startTime: startedAt }),
    };
    const start = () => this.tracer.startSpan(name, options, contextOf(parent));
    const span = row ? this.names.give(spanNamedBy(row), start) : start();
    return {
      traceparent: written(span.spanContext()),
      end({ failed, attributes: more }: { failed?: string | undefined; attributes?: SpanAttributes } = {}) {
        if (more) span.setAttributes(present(more));
        if (failed !== undefined) {
          span.setAttribute('error.type', failed);
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end();
      },
    };
  }
}

const written = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

function read(traceparent: string | null): SpanContext | null {
  const [, traceId = '', spanId = '', flags = '0'] = traceparent?.split('-') ?? [];
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(context) ? context : null;
}

function contextOf(parent: string | null): Context {
  const context = read(parent);
  return context ? trace.setSpanContext(ROOT_CONTEXT, context) : ROOT_CONTEXT;
}

function linkTo(traceparent: string | null): Link[] {
  const context = read(traceparent);
  return context ? [{ context }] : [];
}

const present = (attributes: SpanAttributes): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
