import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { AuthenticatedRequest } from '../http/handle.js';

interface RequestContext {
  request: AuthenticatedRequest;
  /** W3C traceparent: what the caller sent, or one of our own. */
  traceparent: string;
}

const storage = new AsyncLocalStorage<RequestContext>();
const wellFormed = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Runs the rest of a request so that every log line in it carries the ids of the request. */
export function withinRequest(request: AuthenticatedRequest, rest: () => void): void {
  const sent = request.headers.traceparent;
  const traceparent =
    typeof sent === 'string' && wellFormed.test(sent)
      ? sent
      : `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
  storage.run({ request, traceparent }, rest);
}

/** The trace that the running request belongs to; goes into `trace_context` of what the request writes. */
export const currentTraceparent = (): string | null => storage.getStore()?.traceparent ?? null;

/** Ids of the running request, for each log line; empty outside of one. */
export function requestIds(): Record<string, string> {
  const context = storage.getStore();
  if (!context) return {};
  const { request, traceparent } = context;
  return {
    request_id: request.id,
    trace_id: traceparent.slice(3, 35),
    ...(request.caller && { org_id: request.caller.orgId }),
  };
}
