import { expect, test } from 'vitest';
import { atSpanOf, beginTrace, spanNamedBy, traceIdOf } from './trace.js';

const id = '0199c0de-0000-7000-8abc-0123456789ab';

test('the span of a row is found by its id, in the trace and with the flags of what came before', () => {
  const before = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
  expect(spanNamedBy(id)).toBe('8abc0123456789ab');
  expect(atSpanOf(before, id)).toBe('00-4bf92f3577b34da6a3ce929d0e0e4736-8abc0123456789ab-00');
  expect(atSpanOf(null, id)).toBeNull();
});

test('a new trace is a traceparent like no other, and lines are found by its id', () => {
  const trace = beginTrace();
  expect(trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(trace).not.toBe(beginTrace());
  expect(trace).toContain(traceIdOf(trace));
  expect(traceIdOf(null)).toBeUndefined();
});
