import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ContactId, EventId, FlowId, FlowVersionId, RunId } from '../ids.js';
import { advance } from './advance.js';
import { checkDefinition } from './check.js';
import type { Advanced, Cause, Facts, Run } from './run.js';
import { startRun } from './run.js';
import { anyFlow, instant, zone } from './testing/arbitraries.js';

const look = fc.record({
  hours: fc.nat(60),
  event: fc.option(
    fc.constantFrom('user.login', 'user.login', 'user.logout', 'contact.updated', 'order.paid'),
    {
      freq: 2,
    },
  ),
  level: fc.option(fc.nat(2), { nil: undefined }),
  opened: fc.boolean(),
});
const story = fc.record({ definition: anyFlow, now: instant, zone, looks: fc.array(look, { maxLength: 8 }) });
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

interface Look {
  before: Run;
  facts: Facts;
  cause: Cause;
  now: Date;
  result: Advanced;
}

/** Follows a run through its looks; each gives what went in and what came out. */
function follow({ definition, now, zone: timeZone, looks }: Story): Look[] {
  const about = { contactId: 'c' as ContactId, subject: { type: 'booking', id: 'b' }, triggerEventId: null };
  const ids = { id: 'run' as RunId, flowId: 'flow' as FlowId, versionId: 'version' as FlowVersionId };
  const startsAt = new Date(now.getTime() + 9 * 86_400_000).toISOString();
  const factsOf = (level: number | undefined, opened: boolean): Facts => ({
    contact: { time_zone: timeZone, attributes: level === undefined ? {} : { level } },
    subject: { status: 'confirmed', starts_at: startsAt, ends_at: startsAt, time_zone: timeZone },
    steps: { s0: { opened } },
  });
  const done: Look[] = [];
  const take = (before: Run, facts: Facts, cause: Cause, at: Date): Run => {
    const result = advance({ definition, run: before, facts, cause, now: at });
    done.push({ before, facts, cause, now: at, result });
    return result.run;
  };
  let run = take(
    startRun({ ...ids, ...about }, definition, now),
    factsOf(undefined, false),
    { kind: 'start' },
    now,
  );
  let at = now;
  for (const [n, { hours, event, level, opened }] of looks.entries()) {
    at = new Date(at.getTime() + hours * 3_600_000);
    const seen = {
      id: `e${n}` as EventId,
      type: event ?? '',
      contactId: about.contactId,
      subject: null,
      payload: {},
      occurredAt: at,
    };
    run = take(run, factsOf(level, opened), event ? { kind: 'event', event: seen } : { kind: 'wake' }, at);
  }
  return done;
}

const runs = { numRuns: 300 };

test('Feature: interpreter, Property 1: an event told twice, and a look with nothing new, change nothing', () => {
  fc.assert(
    fc.property(story, (told) => {
      for (const { facts, cause, now, result } of follow(told)) {
        if (result.run.status === 'failed' || isTired(result.run, now)) continue;
        const again = advance({
          definition: told.definition,
          run: result.run,
          facts: seenBy(facts, result),
          cause,
          now,
        });
        expect(again.run).toEqual(result.run);
        expect(again.effects).toEqual([]);
      }
    }),
    runs,
  );
});

/** The facts after the effects of the look were written. */
const seenBy = (facts: Facts, { effects }: Advanced): Facts =>
  effects.some(({ kind }) => kind === 'update_contact')
    ? { ...facts, contact: { ...(facts.contact as object), attributes: { level: 1 } } }
    : facts;

/** More steps than are taken in one go: the next look goes on at once. */
const isTired = (run: Run, now: Date): boolean => run.wakeAt !== null && run.wakeAt <= now;

test('Feature: interpreter, Property 2: an active run knows what it waits for, an ended one waits for nothing', () => {
  fc.assert(
    fc.property(story, (told) => {
      for (const { result } of follow(told)) {
        const { status, wakeAt, waitingFor } = result.run;
        if (status === 'active') expect(wakeAt).not.toBeNull();
        else expect([wakeAt, waitingFor]).toEqual([null, []]);
      }
    }),
    runs,
  );
});

test('Feature: interpreter, Property 3: no two messages of a plan are the same visit of a step', () => {
  fc.assert(
    fc.property(story, (told) => {
      const names = ({ plan }: Advanced) => plan.map(({ stepId, occurrence }) => `${stepId}:${occurrence}`);
      for (const { result } of follow(told)) expect(new Set(names(result)).size).toBe(result.plan.length);
    }),
    runs,
  );
});

test('Feature: interpreter, Property 4: a flow that may be published never fails', () => {
  fc.assert(
    fc.property(story, (told) => {
      fc.pre(
        !checkDefinition(told.definition).some(({ message }) =>
          /without waiting|does not exist/.test(message),
        ),
      );
      for (const { result } of follow(told)) expect(result.run.status).not.toBe('failed');
    }),
    runs,
  );
});

test('Feature: interpreter, Property 5: no message is planned for a time before the run started', () => {
  fc.assert(
    fc.property(story, (told) => {
      for (const { result } of follow(told))
        for (const { plannedAt, verdict } of result.plan)
          if (verdict === 'send') expect(plannedAt.getTime()).toBeGreaterThanOrEqual(told.now.getTime());
    }),
    runs,
  );
});

test('Feature: interpreter, Property 6: one event ends at most one wait', () => {
  fc.assert(
    fc.property(story, (told) => {
      const ended = follow(told).flatMap(({ result }) =>
        result.decisions.flatMap(({ rule, facts }) => (rule === 'wait_event' ? (facts.event ?? []) : [])),
      );
      expect(new Set(ended).size).toBe(ended.length);
    }),
    runs,
  );
});
