import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { expect, test } from 'vitest';
import type { ContactId, EventId, FlowId, FlowVersionId, RunId } from '../ids.js';
import { advance } from './advance.js';
import type { Advanced, Cause, Facts, Run, SeenEvent } from './run.js';
import { startRun } from './run.js';

const define = (steps: unknown[], more: Partial<FlowDefinitionInput> = {}): FlowDefinition =>
  FlowDefinition.parse({
    name: 'Sailing school',
    trigger: { type: 'event', event: 'booking.created' },
    zone: 'subject',
    steps,
    ...more,
  });

const mail = (id: string, timing?: object) => ({
  id,
  type: 'message',
  template: id,
  channels: ['email'],
  ...(timing && { timing }),
});

const at = (iso: string): Date => new Date(iso);
const booking = (startsAt: string, more: object = {}): Facts => ({
  contact: { id: 'c', first_name: 'Mia', time_zone: 'America/New_York', attributes: {} },
  subject: {
    status: 'confirmed',
    starts_at: startsAt,
    ends_at: startsAt,
    time_zone: 'Europe/Berlin',
    ...more,
  },
  organization: { time_zone: 'Europe/Berlin' },
  steps: {},
});

const started = (definition: FlowDefinition, now: Date): Run =>
  startRun(
    {
      id: 'run-1' as RunId,
      flowId: 'flow' as FlowId,
      versionId: 'version' as FlowVersionId,
      contactId: 'c' as ContactId,
      subject: { type: 'booking', id: 'b' },
      triggerEventId: null,
    },
    definition,
    now,
  );

const event = (type: string, occurredAt: Date, payload: Record<string, unknown> = {}): SeenEvent => ({
  id: `${type}-${occurredAt.toISOString()}` as EventId,
  type,
  contactId: 'c' as ContactId,
  subject: null,
  payload,
  occurredAt,
});

/** Follows one run through a day-book of looks at it. */
function follow(definition: FlowDefinition, facts: Facts, from: string) {
  const first = advance({
    definition,
    run: started(definition, at(from)),
    facts,
    cause: { kind: 'start' },
    now: at(from),
  });
  let run = first.run;
  return {
    first,
    look(now: string, cause: Cause = { kind: 'wake' }, current: Facts = facts): Advanced {
      const result = advance({ definition, run, facts: current, cause, now: at(now) });
      run = result.run;
      return result;
    },
    tell(type: string, now: string, payload: Record<string, unknown> = {}): Advanced {
      return this.look(now, { kind: 'event', event: event(type, at(now), payload) });
    },
  };
}

const planned = ({ plan }: Pick<Advanced, 'plan'>): string[] =>
  plan.map(({ stepId, plannedAt, verdict }) => `${stepId} ${plannedAt.toISOString()} ${verdict}`);

const before = define([
  mail('seven', { from: 'anchor', anchor: 'subject.starts_at', offset: '-P7D', at: '09:00' }),
  mail('one', { from: 'anchor', anchor: 'subject.starts_at', offset: '-P1D', at: '09:00' }),
  mail('after', { from: 'anchor', anchor: 'subject.ends_at', offset: 'P1D', at: '10:00' }),
]);

test('a booking has its whole plan at once, in its own local time across a clock change', () => {
  const { first } = follow(before, booking('2026-04-02T08:00:00Z'), '2026-03-20T12:00:00Z');
  expect(planned(first)).toEqual([
    'seven 2026-03-26T08:00:00.000Z send',
    'one 2026-04-01T07:00:00.000Z send',
    'after 2026-04-03T08:00:00.000Z send',
  ]);
  expect(first.run).toMatchObject({ status: 'active', wakeAt: at('2026-04-03T08:00:00Z') });
});

test('what an anchor puts before the booking was made is past', () => {
  const { first } = follow(before, booking('2026-04-02T08:00:00Z'), '2026-03-30T12:00:00Z');
  expect(planned(first)[0]).toBe('seven 2026-03-26T08:00:00.000Z past');
});

test('a booking that moves takes its messages along, back from the past too', () => {
  const run = follow(before, booking('2026-04-02T08:00:00Z'), '2026-03-30T12:00:00Z');
  const moved = run.look('2026-03-31T12:00:00Z', { kind: 'wake' }, booking('2026-05-02T08:00:00Z'));
  expect(planned(moved)).toEqual([
    'seven 2026-04-25T07:00:00.000Z send',
    'one 2026-05-01T07:00:00.000Z send',
    'after 2026-05-03T08:00:00.000Z send',
  ]);
});

test('a message that is due stays due when the run is looked at a moment later', () => {
  const run = follow(before, booking('2026-04-02T08:00:00Z'), '2026-03-20T12:00:00Z');
  expect(planned(run.look('2026-03-26T08:00:01Z'))[0]).toBe('seven 2026-03-26T08:00:00.000Z send');
});

test('a cancelled booking ends its run with an empty plan', () => {
  const run = follow(before, booking('2026-04-02T08:00:00Z'), '2026-03-20T12:00:00Z');
  const cancelled = run.look(
    '2026-03-21T12:00:00Z',
    { kind: 'wake' },
    booking('2026-04-02T08:00:00Z', { status: 'cancelled' }),
  );
  expect(cancelled.plan).toEqual([]);
  expect(cancelled.run).toMatchObject({ status: 'cancelled', endReason: 'subject_cancelled', wakeAt: null });
});

test('a flow that follows a cancellation is not ended by it', () => {
  const sorry = define([mail('sorry')], { trigger: { type: 'event', event: 'booking.cancelled' } });
  const { first } = follow(
    sorry,
    booking('2026-04-02T08:00:00Z', { status: 'cancelled' }),
    '2026-03-20T12:00:00Z',
  );
  expect(planned(first)).toEqual(['sorry 2026-03-20T12:00:00.000Z send']);
});

test('a run is complete once its last message’s moment is over', () => {
  const run = follow(before, booking('2026-04-02T08:00:00Z'), '2026-03-20T12:00:00Z');
  expect(run.look('2026-04-03T07:59:59Z').run.status).toBe('active');
  const done = run.look('2026-04-03T08:00:00Z');
  expect(done.run).toMatchObject({ status: 'completed', endReason: null, wakeAt: null });
  expect(done.plan).toHaveLength(3);
});

test('a message after another counts from that one, until a wait comes between', () => {
  const welcome = define([
    mail('day-0'),
    mail('day-3', { offset: 'P3D' }),
    mail('day-7', { offset: 'P4D' }),
    { id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'P1D' } },
    mail('day-1', {}),
  ]);
  const { first } = follow(welcome, booking('2026-08-01T08:00:00Z'), '2026-07-01T12:00:00Z');
  expect(planned(first)).toEqual([
    'day-0 2026-07-01T12:00:00.000Z send',
    'day-3 2026-07-04T12:00:00.000Z send',
    'day-7 2026-07-08T12:00:00.000Z send',
    'day-1 2026-07-02T12:00:00.000Z send',
  ]);
});

test('the view ahead ends at a branch, and goes on once it is decided', () => {
  const definition = define([
    mail('hello'),
    { id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'P2D' } },
    {
      id: 'opened',
      type: 'branch',
      branches: [{ when: { field: 'steps.hello.opened', op: 'eq', value: true }, next: 'thanks' }],
    },
    { ...mail('nudge'), next: null },
    mail('thanks'),
  ]);
  const facts = booking('2026-08-01T08:00:00Z');
  const run = follow(definition, facts, '2026-07-01T12:00:00Z');
  expect(planned(run.first)).toEqual(['hello 2026-07-01T12:00:00.000Z send']);
  const decided = run.look(
    '2026-07-03T12:00:05Z',
    { kind: 'wake' },
    { ...facts, steps: { hello: { opened: true } } },
  );
  expect(planned(decided)).toEqual([
    'hello 2026-07-01T12:00:00.000Z send',
    'thanks 2026-07-03T12:00:00.000Z send',
  ]);
  expect(decided.decisions).toContainEqual(expect.objectContaining({ rule: 'branch', verdict: 'thanks' }));
});

const login = define([
  {
    id: 'login',
    type: 'wait',
    wait: {
      for: 'event',
      event: 'user.*',
      filter: { field: 'event.payload.device', op: 'eq', value: 'phone' },
      timeout: 'P2D',
      on_timeout: 'reminder',
    },
  },
  { ...mail('welcome'), next: null },
  mail('reminder'),
]);

test('a wait for an event ends with the first one that matches', () => {
  const run = follow(login, booking('2026-08-01T08:00:00Z'), '2026-07-01T12:00:00Z');
  expect(run.first.run).toMatchObject({ wakeAt: at('2026-07-03T12:00:00Z'), waitingFor: ['user.*'] });
  expect(run.tell('user.login', '2026-07-02T08:00:00Z', { device: 'desk' }).plan).toEqual([]);
  const came = run.tell('user.login', '2026-07-02T09:00:00Z', { device: 'phone' });
  expect(planned(came)).toEqual(['welcome 2026-07-02T09:00:00.000Z send']);
});

test('a wait for an event ends by its timeout, at that moment and not when someone looks', () => {
  const run = follow(login, booking('2026-08-01T08:00:00Z'), '2026-07-01T12:00:00Z');
  expect(planned(run.look('2026-07-03T15:00:00Z'))).toEqual(['reminder 2026-07-03T12:00:00.000Z send']);
});

test('one event ends one wait, even when it is told twice', () => {
  const twice = define([
    { id: 'first', type: 'wait', wait: { for: 'event', event: 'user.login', timeout: 'P2D' } },
    mail('one'),
    { id: 'second', type: 'wait', wait: { for: 'event', event: 'user.login', timeout: 'P2D' } },
    mail('two'),
  ]);
  const run = follow(twice, booking('2026-08-01T08:00:00Z'), '2026-07-01T12:00:00Z');
  expect(planned(run.tell('user.login', '2026-07-01T13:00:00Z'))).toHaveLength(1);
  expect(planned(run.tell('user.login', '2026-07-01T13:00:00Z'))).toHaveLength(1);
  expect(planned(run.tell('user.login', '2026-07-01T14:00:00Z'))).toHaveLength(2);
});

test('a goal ends the run as completed with nothing left pending', () => {
  const nurture = define([mail('a'), mail('b', { offset: 'P9D' })], {
    goal: { name: 'bought', event: 'order.paid' },
  });
  const run = follow(nurture, booking('2026-08-01T08:00:00Z'), '2026-07-01T12:00:00Z');
  const reached = run.tell('order.paid', '2026-07-02T12:00:00Z');
  expect(reached).toMatchObject({ plan: [], run: { status: 'completed', endReason: 'goal: bought' } });
});

test('an exit step lets go out what was meant for before it, and nothing later', () => {
  const definition = define([
    mail('now'),
    mail('late', { offset: 'P5D' }),
    { id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'P1D' } },
    { id: 'leave', type: 'exit' },
  ]);
  const run = follow(definition, booking('2026-08-01T08:00:00Z'), '2026-07-01T12:00:00Z');
  expect(planned(run.first)).toEqual(['now 2026-07-01T12:00:00.000Z send']);
  const left = run.look('2026-07-02T12:00:00Z');
  expect(planned(left)).toEqual(['now 2026-07-01T12:00:00.000Z send']);
  expect(left.run).toMatchObject({ status: 'exited', endReason: 'step: leave' });
});

test('a step after an update of the contact sees it', () => {
  const definition = define([
    { id: 'mark', type: 'update_contact', set: { level: 'pro' } },
    {
      id: 'pro',
      type: 'branch',
      branches: [{ when: { field: 'contact.attributes.level', op: 'eq', value: 'pro' }, next: 'hello' }],
      next: null,
    },
    mail('hello'),
  ]);
  const { first } = follow(definition, booking('2026-08-01T08:00:00Z'), '2026-07-01T12:00:00Z');
  expect(first.effects).toEqual([{ kind: 'update_contact', stepId: 'mark', set: { level: 'pro' } }]);
  expect(first.plan).toHaveLength(1);
});

test('a loop with a wait sends again each time round, and is seen one round ahead', () => {
  const weekly = define([
    mail('news'),
    { id: 'week', type: 'wait', wait: { for: 'duration', duration: 'P7D' }, next: 'news' },
  ]);
  const run = follow(weekly, booking('2026-12-01T08:00:00Z'), '2026-07-01T12:00:00Z');
  expect(run.first.plan.map(({ occurrence }) => occurrence)).toEqual([1, 2]);
  expect(run.look('2026-07-15T12:00:00Z').plan.map(({ occurrence }) => occurrence)).toEqual([1, 2, 3, 4]);
});

test('a loop that runs for years keeps its position small, and still plans what comes', () => {
  const daily = define([
    mail('news'),
    mail('more', { offset: 'PT1H' }),
    { id: 'day', type: 'wait', wait: { for: 'duration', duration: 'P1D' }, next: 'news' },
  ]);
  const run = follow(daily, booking('2036-12-01T08:00:00Z'), '2026-01-01T12:00:00Z');
  // A year of rounds is more than is caught up with in one go.
  expect(run.look('2026-12-31T12:00:00Z').run.wakeAt).toEqual(at('2026-12-31T12:00:00Z'));
  const { run: later, plan } = run.look('2026-12-31T12:00:00Z');
  expect(later.position.passed).toHaveLength(300);
  expect(later.position.visits.news).toBe(365);
  expect(plan.slice(-2).map(({ stepId, occurrence }) => [stepId, occurrence])).toEqual([
    ['news', 366],
    ['more', 366],
  ]);
});

test('a loop without a wait fails the run instead of the loop that moves it', () => {
  const forever = define([{ id: 'mark', type: 'update_contact', set: { n: 1 }, next: 'mark' }]);
  const { first } = follow(forever, booking('2026-12-01T08:00:00Z'), '2026-07-01T12:00:00Z');
  expect(first).toMatchObject({ effects: [], run: { status: 'failed', endReason: 'loop' } });
});

test('a wait for a date that is not there holds until the date is known', () => {
  const definition = define([
    {
      id: 'until',
      type: 'wait',
      wait: { for: 'anchor', anchor: 'subject.attributes.paid_at', offset: 'P1D' },
    },
    mail('thanks'),
  ]);
  const facts = booking('2026-12-01T08:00:00Z');
  const run = follow(definition, facts, '2026-07-01T12:00:00Z');
  expect(run.first).toMatchObject({ plan: [], run: { status: 'active', wakeAt: null } });
  const paid = run.look(
    '2026-07-02T12:00:00Z',
    { kind: 'wake' },
    booking('2026-12-01T08:00:00Z', {
      attributes: { paid_at: '2026-07-02T10:00:00Z' },
    }),
  );
  expect(planned(paid)).toEqual(['thanks 2026-07-03T10:00:00.000Z send']);
});

test('an exit about the same subject is not taken for the event of another', () => {
  const definition = define([mail('moved', { from: 'start', offset: 'PT10M' })], {
    trigger: { type: 'event', event: 'booking.rescheduled' },
    exits: [{ name: 'moved-again', event: 'booking.rescheduled', same_subject: true }],
  });
  const now = at('2026-05-01T09:00:00Z');
  const subject = { type: 'booking', id: 'b1' };
  const facts = booking('2026-06-01T07:00:00Z');
  const start = { ...started(definition, now), subject };
  const { run, plan } = advance({ definition, run: start, facts, cause: { kind: 'start' }, now });
  expect(plan.map(({ plannedAt }) => plannedAt.toISOString())).toEqual(['2026-05-01T09:10:00.000Z']);
  const moved = (id: string): Advanced => {
    const event = { id: 'e2', type: 'booking.rescheduled', subject: { type: 'booking', id } } as SeenEvent;
    return advance({ definition, run, facts, cause: { kind: 'event', event }, now });
  };
  expect(moved('b2')).toMatchObject({ run: { status: 'active' }, plan: [{ stepId: 'moved' }] });
  expect(moved('b1')).toMatchObject({ run: { status: 'exited', endReason: 'exit: moved-again' }, plan: [] });
});
