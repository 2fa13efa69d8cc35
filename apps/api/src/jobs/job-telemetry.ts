import type { Span, Tracing } from '@halyard/core/trace';
import { currentTrace, withinTrace } from '@halyard/core/trace';
import type { Telemetry } from 'bullmq';

/** As BullMQ numbers them (its enum SpanKind). */
const kinds: Record<number, 'producer' | 'consumer'> = { 3: 'producer', 4: 'consumer' };

type Attributes = Parameters<ReturnType<Telemetry['tracer']['startSpan']>['setAttributes']>[0];

/**
 * Carries the trace of whoever adds a job to whoever works on it, with a span on each side. A trace is named by its
 * traceparent, as everywhere here. BullMQ would also have a span for each time it looks for work or renews a lock, and
 * attributes with options and causes of failures: they are left out.
 */
export function jobTelemetry(tracing: Tracing | null): Telemetry<string> {
  return {
    tracer: {
      startSpan(name, options, context) {
        const kind = options && kinds[options.kind];
        return new JobSpan(
          kind && tracing
            ? tracing.start({ name, kind, parent: context || currentTrace(), attributes: system })
            : null,
        );
      },
    },
    contextManager: {
      with: (context, work) => (context ? withinTrace(context, work) : work()),
      active: () => currentTrace() ?? '',
      getMetadata: (context) => JSON.stringify({ traceparent: context }),
      fromMetadata: (_active, metadata) => String(JSON.parse(metadata).traceparent ?? ''),
    },
  };
}

const system = { 'messaging.system': 'bullmq' };
/** BullMQ's attributes that are kept, by the conventions' names. */
const kept: Record<string, string> = {
  'bullmq.queue.name': 'messaging.destination.name',
  'bullmq.queue.operation': 'messaging.operation.name',
  'bullmq.job.id': 'messaging.message.id',
};

class JobSpan {
  readonly #attributes: Record<string, string> = {};
  #failed: string | undefined;

  constructor(private readonly span: Span | null) {}

  setSpanOnContext(context: string): string {
    return this.span?.traceparent ?? context;
  }

  setAttribute(name: string, value: unknown): void {
    const ours = kept[name];
    if (ours && value !== undefined) this.#attributes[ours] = String(value);
  }

  setAttributes(attributes: Attributes): void {
    for (const [name, value] of Object.entries(attributes)) this.setAttribute(name, value);
  }

  addEvent(name: string): void {
    if (name === 'job failed') this.#failed = 'job_failed';
  }

  recordException(): void {
    this.#failed = 'exception';
  }

  end(): void {
    this.span?.end({ failed: this.#failed, attributes: this.#attributes });
  }
}
