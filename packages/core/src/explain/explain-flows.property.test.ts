import type { ExplainedChange } from '@halyard/contracts/explain/parts';
import { FlowDefinition } from '@halyard/contracts/flows/definition';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../clock.js';
import { factAt } from '../conditions/facts.js';
import { condition, now, facts as someFacts } from '../conditions/testing/arbitraries.js';
import { admissionsOf } from '../decide/decide-events.js';
import { judgeAdmission } from '../decide/judge-admission.js';
import type { Facts, SeenEvent } from '../flows/run.js';
import { withEvent } from '../flows/triggers.js';
import type { ContactId, EventId, FlowId, FlowVersionId, OrgId } from '../ids.js';
import { ExplainFlows } from './explain-flows.js';
import type { EventRecord, ExplainReader, FlowRecord } from './explain-store.js';
import { eventIn } from './place.js';
import { withFact } from './with-fact.js';

const orgId = 'org' as OrgId;
const contactId = 'contact' as ContactId;

const flowWith = (filter: unknown): FlowRecord => ({
  id: 'flow' as FlowId,
  key: 'any',
  name: 'Any',
  status: 'live',
  history: [],
  versions: [
    {
      id: 'v1' as FlowVersionId,
      number: 1,
      weight: 100,
      publishedAt: new Date(0),
      definition: FlowDefinition.parse({
        name: 'Any',
        trigger: { type: 'event', event: 'order.paid', filter },
        steps: [{ id: 'bye', type: 'exit' }],
      }),
    },
  ],
});

function eventWith(facts: Facts): SeenEvent {
  const amount = factAt(facts, 'event.payload.amount');
  return {
    id: 'event' as EventId,
    type: 'order.paid',
    contactId,
    subject: null,
    payload: amount === null ? {} : { amount },
    occurredAt: now,
  };
}

/** A database in which nothing ever happened but this event. */
const reading = (flow: FlowRecord, facts: Facts, event: SeenEvent): ExplainReader => ({
  message: async () => null,
  flow: async () => flow,
  contact: async () => ({ id: contactId, timeZone: 'UTC' }),
  event: async () => null,
  latestEvent: async () => ({ event, recordedAt: now, state: 'decided', told: {} }) as EventRecord,
  runs: async () => [],
  admissions: async () => ({ taken: new Map(), assigned: null }),
  decisions: async () => [],
  factsAt: async () => ({ facts, at: now, asOf: () => 'then' }),
});

test('Feature: explanation, Property 4: whoever is kept out would enter with the change that is told', async () => {
  let flipped = 0;
  await fc.assert(
    fc.asyncProperty(condition, someFacts, async (filter, given) => {
      const flow = flowWith(filter);
      const event = eventWith(given);
      const facts = withEvent(given, event);
      const enters = (changed: Facts): boolean => {
        const live = { orgId, ...flow };
        const [admission] = admissionsOf({ orgId, contactId, event: eventIn(changed, event) }, [live]);
        if (!admission) return false;
        const standing = { assigned: null, isTaken: () => false, now };
        return judgeAdmission(admission, live, changed, standing).kind === 'enters';
      };
      const explain = new ExplainFlows(
        { read: (_, work) => work(reading(flow, facts, event)) },
        new ManualClock(now),
      );
      const told = await explain.explain(orgId, flow.id, { contact: 'anyone' }, 'en');
      if (enters(facts)) {
        expect(told.reason).toBe('unclear');
        return;
      }
      expect(told).toMatchObject({
        verdict: 'not_entered',
        reason: 'condition',
        condition: { holds: false },
      });
      if (!told.smallest_change) return;
      flipped++;
      expect(enters(told.smallest_change.changes.reduce(changedBy, facts))).toBe(true);
    }),
    { numRuns: 300 },
  );
  expect(flipped).toBeGreaterThan(50);
});

const changedBy = (facts: Facts, change: ExplainedChange): Facts =>
  change.kind === 'fact' ? withFact(facts, change.field, change.to) : facts;
