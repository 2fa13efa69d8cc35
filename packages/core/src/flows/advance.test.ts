import { expect, test } from 'vitest';
import { advance } from './advance.js';
import type { Advanced, SeenEvent } from './run.js';
import { at, booking, define, follow, planned, started } from './testing/followed-run.js';
import { mail } from './testing/steps.js';

const before = define([
  mail('seven', { timing: { from: 'anchor', anchor: 'subject.starts_at', offset: '-P7D', at: '09:00' } }),
  mail('one', { timing: { from: 'anchor', anchor: 'subject.starts_at', offset: '-P1D', at: '09:00' } }),
  mail('after', { timing: { from: 'anchor', anchor: 'subject.ends_at', offset: 'P1D', at: '10:00' } }),
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

test('a goal ends the run as completed with nothing left pending', () => {
  const nurture = define([mail('a'), mail('b', { timing: { offset: 'P9D' } })], {
    goal: { name: 'bought', event: 'order.paid' },
  });
  const run = follow(nurture, booking('2026-08-01T08:00:00Z'), '2026-07-01T12:00:00Z');
  const reached = run.tell('order.paid', '2026-07-02T12:00:00Z');
  expect(reached).toMatchObject({ plan: [], run: { status: 'completed', endReason: 'goal: bought' } });
});

test('an exit about the same subject is not taken for the event of another', () => {
  const definition = define([mail('moved', { timing: { from: 'start', offset: 'PT10M' } })], {
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
