import { expect, test } from 'vitest';
import type { ContactId, EventId, FlowId, FlowVersionId, OrgId, RunId } from '../ids.js';
import type { SpanStart, Tracing } from '../trace.js';
import type { OrgRun, PendingEvent } from './decide-store.js';
import { DecisionTraces } from './decision-traces.js';

const orgId = 'org' as OrgId;
const cause = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

function observed() {
  const started: (SpanStart & { traceparent: string })[] = [];
  const ended: (string | undefined)[] = [];
  const tracing: Tracing = {
    start(span) {
      const trace = span.parent?.slice(3, 35) ?? String(started.length).repeat(32);
      const traceparent = `00-${trace}-${String(started.length).repeat(16)}-01`;
      started.push({ ...span, traceparent });
      return { traceparent, end: (result) => void ended.push(result?.failed) };
    },
  };
  return { tracing, started, ended };
}

const eventOf = (contact: string | null): PendingEvent => ({
  orgId,
  tries: 0,
  trace: cause,
  event: {
    id: 'event' as EventId,
    type: contact ? 'booking.created' : 'flow.ticked',
    contactId: contact as ContactId | null,
    subject: null,
    payload: {},
    occurredAt: new Date(0),
  },
});

const runOf = (contact: string, id = `run of ${contact}`): OrgRun => ({
  orgId,
  id: id as RunId,
  flowId: 'flow' as FlowId,
  versionId: 'version' as FlowVersionId,
  flowKey: 'welcome',
  contactId: contact as ContactId,
  subject: null,
  triggerEventId: null,
  status: 'active',
  endReason: null,
  position: {
    step: null,
    reachedAt: '',
    visits: {},
    passed: [],
    settled: [],
  } as unknown as OrgRun['position'],
  startedAt: new Date(0),
  wakeAt: null,
  waitingFor: [],
});

test('a plan follows from the decision, and the decision from what recorded the event', async () => {
  const { tracing, started, ended } = observed();
  const traces = new DecisionTraces(tracing);
  traces.decide(eventOf('anna'));
  const follow = traces.of(runOf('anna'));
  const [decide, plan] = started;
  expect([decide?.name, decide?.parent]).toEqual(['decide booking.created', cause]);
  expect([plan?.name, plan?.parent]).toEqual(['plan welcome', decide?.traceparent]);
  expect(follow).toBe(plan?.traceparent);
  expect(traces.of(runOf('anna'))).toBe(follow);
  await traces.around(async () => {});
  expect(ended).toEqual([undefined, undefined]);
});

test('whom a schedule admits begins a trace, linked to the one of the schedule', () => {
  const { tracing, started } = observed();
  const traces = new DecisionTraces(tracing);
  traces.decide(eventOf(null));
  const [anna, jonas] = [traces.of(runOf('anna')), traces.of(runOf('jonas'))];
  expect(new Set([anna, jonas, cause].map((trace) => trace.slice(3, 35))).size).toBe(3);
  const [tick, plan] = started;
  expect(plan).toMatchObject({ parent: null, links: [tick?.traceparent] });
});

test('nobody is linked to the schedule of another organization', () => {
  const { tracing, started } = observed();
  const traces = new DecisionTraces(tracing);
  traces.decide({ ...eventOf(null), orgId: 'other' as OrgId });
  traces.of(runOf('anna'));
  expect(started.at(-1)).toMatchObject({ name: 'plan welcome', links: [] });
});

test('when nobody observes the trace goes on all the same, and what has none gets one', () => {
  const traces = new DecisionTraces(null);
  traces.decide(eventOf('anna'));
  expect(traces.of(runOf('anna'))).toBe(cause);
  expect(traces.of(runOf('jonas'))).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
});

test('a step that fails ends its spans as failed', async () => {
  const { tracing, ended } = observed();
  const traces = new DecisionTraces(tracing);
  traces.decide(eventOf('anna'));
  await expect(traces.around(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(ended).toEqual(['not_decided']);
});
