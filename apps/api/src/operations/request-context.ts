import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { currentTrace, withinTrace } from '@halyard/core/trace';
import type { AuthenticatedRequest } from '../http/handle.js';

const requests = new AsyncLocalStorage<AuthenticatedRequest>();
const wellFormed = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Runs the rest of a request in the trace that its caller names, or in one of its own. */
export function withinRequest(request: AuthenticatedRequest, rest: () => void): void {
  const sent = request.headers.traceparent;
  const traceparent =
    typeof sent === 'string' && wellFormed.test(sent)
      ? sent
      : `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
  requests.run(request, () => withinTrace(traceparent, rest));
}

/** Ids of what is running, for each log line. */
export function runningIds(): Record<string, string> {
  const request = requests.getStore();
  const trace = currentTrace();
  return {
    ...(request && { request_id: request.id }),
    ...(trace !== null && { trace_id: trace.slice(3, 35) }),
    ...(request?.caller && { org_id: request.caller.orgId }),
  };
}
