import { AsyncLocalStorage } from 'node:async_hooks';

const traces = new AsyncLocalStorage<string>();

/** Runs `work` as part of a trace, named as in W3C's traceparent; what it writes and logs carries the trace. */
export const withinTrace = <T>(traceparent: string, work: () => T): T => traces.run(traceparent, work);

/** The trace that is running; null outside of one. */
export const currentTrace = (): string | null => traces.getStore() ?? null;
