import type { ExplainedChange } from '@halyard/contracts/explain/parts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../clock.js';
import { condition, now, facts as someFacts } from '../conditions/testing/arbitraries.js';
import { admissionsOf } from '../decide/decide-events.js';
import { judgeAdmission } from '../decide/judge-admission.js';
import { advance } from '../flows/advance.js';
import type { Cause, Facts, Run } from '../flows/run.js';
import { startRun } from '../flows/run.js';
import { endOf } from '../flows/run-end.js';
import { withEvent } from '../flows/triggers.js';
import type { EventId, FlowId, FlowVersionId, OrgId, RunId } from '../ids.js';
import { ExplainFlows } from './explain-flows.js';
import type { DecisionRecord, ExplainReader, FlowRecord, RunRecord } from './explain-store.js';
import { eventIn } from './place.js';
import {
  contactId,
  inventedEvent,
  inventedFlow,
  inventedReader,
  recorded,
} from './testing/invented-reader.js';
import { withFact } from './with-fact.js';

const orgId = 'org' as OrgId;
const runs = { numRuns: 300 };

function explain(flow: FlowRecord, facts: Facts, given: Partial<ExplainReader>) {
  const reader = inventedReader(flow, facts, given);
  const explanations = new ExplainFlows({ read: (_, work) => work(reader) }, new ManualClock(now));
  return explanations.explain(orgId, flow.id, { contact: 'anyone' }, 'en');
}

const changedBy = (facts: Facts, change: ExplainedChange): Facts =>
  change.kind === 'fact' ? withFact(facts, change.field, change.to) : facts;

test('Feature: explanation, Property 4: whoever is kept out would enter with the change that is told', async () => {
  let flipped = 0;
  await fc.assert(
    fc.asyncProperty(condition, someFacts, async (filter, given) => {
      const flow = inventedFlow({
        trigger: { type: 'event', event: 'order.paid', filter },
        steps: [{ id: 'bye', type: 'exit' }],
      });
      const event = inventedEvent(given);
      const facts = withEvent(given, event);
      const enters = (changed: Facts): boolean => {
        const live = { orgId, ...flow };
        const [admission] = admissionsOf({ orgId, contactId, event: eventIn(changed, event) }, [live]);
        if (!admission) return false;
        const standing = { assigned: null, isTaken: () => false, now };
        return judgeAdmission(admission, live, changed, standing).kind === 'enters';
      };
      const told = await explain(flow, facts, { latestEvent: async () => recorded(event) });
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
    runs,
  );
  expect(flipped).toBeGreaterThan(50);
});

const begun = (definition: Parameters<typeof startRun>[1], more: Partial<Run>): Run => ({
  ...startRun(
    {
      id: 'run' as RunId,
      flowId: 'flow' as FlowId,
      versionId: 'v1' as FlowVersionId,
      contactId,
      subject: null,
      triggerEventId: 'trigger' as EventId,
    },
    definition,
    new Date(now.getTime() - 3_600_000),
  ),
  ...more,
});

const record = (run: Run): RunRecord => ({ run, version: 1, endedAt: now, lastError: null });

test('Feature: explanation, Property 7: whoever left by a goal would have stayed with the change that is told', async () => {
  let flipped = 0;
  await fc.assert(
    fc.asyncProperty(condition, someFacts, async (goal, given) => {
      const flow = inventedFlow({
        trigger: { type: 'event', event: 'user.joined' },
        goal: { name: 'bought', condition: goal },
        steps: [{ id: 'rest', type: 'wait', wait: { for: 'duration', duration: 'P7D' } }],
      });
      const definition = flow.versions[0]?.definition;
      if (!definition) throw new Error('The invented flow has no version.');
      const active = begun(definition, {});
      const cause: Cause = { kind: 'wake' };
      const stays = (facts: Facts): boolean => endOf({ definition, run: active, facts, cause, now }) === null;
      fc.pre(!stays(given));
      const run = begun(definition, { status: 'completed', endReason: 'goal: bought' });
      const ended = { at: now, rule: 'run_end', verdict: 'completed', facts: {}, eventId: null };
      const told = await explain(flow, given, {
        runs: async () => [record(run)],
        decisions: async (): Promise<DecisionRecord[]> => [ended],
      });
      expect(told).toMatchObject({ verdict: 'left', reason: 'goal', condition: { holds: true } });
      if (!told.smallest_change) return;
      flipped++;
      expect(stays(told.smallest_change.changes.reduce(changedBy, given))).toBe(true);
    }),
    runs,
  );
  expect(flipped).toBeGreaterThan(50);
});

test('Feature: explanation, Property 8: an event that did not end a wait would have, with the change that is told', async () => {
  let flipped = 0;
  await fc.assert(
    fc.asyncProperty(condition, someFacts, async (filter, given) => {
      const flow = inventedFlow({
        trigger: { type: 'event', event: 'user.joined' },
        steps: [
          { id: 'paid', type: 'wait', wait: { for: 'event', event: 'order.paid', filter, timeout: 'P7D' } },
        ],
      });
      const definition = flow.versions[0]?.definition;
      if (!definition) throw new Error('The invented flow has no version.');
      const start = begun(definition, {});
      const { run } = advance({ definition, run: start, facts: given, cause: { kind: 'start' }, now });
      const event = inventedEvent(given);
      const facts = withEvent(given, event);
      const goesOn = (changed: Facts): boolean =>
        advance({
          definition,
          run,
          facts: changed,
          cause: { kind: 'event', event: eventIn(changed, event) },
          now,
        }).decisions.some(({ rule, verdict }) => rule === 'wait_event' && verdict !== 'timeout');
      fc.pre(!goesOn(facts));
      const told = await explain(flow, facts, {
        runs: async () => [record(run)],
        latestEvent: async () => recorded(event),
      });
      expect(told).toMatchObject({ verdict: 'waiting', reason: 'event', condition: { holds: false } });
      if (!told.smallest_change) return;
      flipped++;
      expect(goesOn(told.smallest_change.changes.reduce(changedBy, facts))).toBe(true);
    }),
    runs,
  );
  expect(flipped).toBeGreaterThan(50);
});
