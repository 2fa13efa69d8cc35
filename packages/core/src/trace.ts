import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const traces = new AsyncLocalStorage<string>();

/** Runs `work` as part of a trace, named as in W3C's traceparent; what it writes and logs carries the trace. */
export const withinTrace = <T>(traceparent: string, work: () => T): T => traces.run(traceparent, work);

/** Runs `work` outside of every trace: what it writes for thousands shall not be one trace that no tool can show. */
export const withoutTrace = <T>(work: () => T): T => traces.exit(work);

/** The trace that is running; null outside of one. */
export const currentTrace = (): string | null => traces.getStore() ?? null;

/** A trace that nothing came before. */
export const beginTrace = (): string =>
  `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;

/** What log lines are found by, however many spans a trace has; undefined, so that a line leaves it out, without one. */
export const traceIdOf = (traceparent: string | null | undefined): string | undefined =>
  traceparent?.slice(3, 35);

/**
 * The same trace at the span that stands for a row. Such a span is named by the last 16 digits of the row's id, so that
 * whatever comes later can follow from it without anybody having stored its name.
 */
export const atSpanOf = (traceparent: string | null | undefined, id: string): string | null =>
  traceparent ? `${traceparent.slice(0, 36)}${spanNamedBy(id)}${traceparent.slice(52)}` : null;

/** The span that stands for the row with this UUID. */
export const spanNamedBy = (id: string): string => id.slice(19, 23) + id.slice(24);

export type SpanAttributes = Record<string, string | number | boolean | undefined>;

export interface SpanStart {
  name: string;
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** What it follows from, as a traceparent; null begins a trace. */
  parent: string | null;
  /** What it also has to do with, in this trace or another. */
  links?: readonly (string | null)[];
  /** The UUID of the row that it stands for; see atSpanOf. */
  row?: string;
  startedAt?: Date;
  /** Ids, names and counts by OpenTelemetry's conventions; never addresses or contents. */
  attributes: SpanAttributes;
}

export interface Span {
  /** For what follows from it. */
  readonly traceparent: string;
  /** `failed`: a short code of what went wrong. */
  end(result?: { failed?: string | undefined; attributes?: SpanAttributes }): void;
}

/** Tells an observer how long what took, and what it followed from. Null wherever nobody observes, which then costs nothing. */
export interface Tracing {
  start(span: SpanStart): Span;
}
