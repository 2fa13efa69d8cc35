import { expect, test } from 'vitest';
import { at, booking, define, follow, planned } from './testing/followed-run.js';
import { mail } from './testing/steps.js';

/** How a run gets from step to step: waits, branches, loops, and what lies ahead of each. */

test('a message after another counts from that one, until a wait comes between', () => {
  const welcome = define([
    mail('day-0'),
    mail('day-3', { timing: { offset: 'P3D' } }),
    mail('day-7', { timing: { offset: 'P4D' } }),
    { id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'P1D' } },
    mail('day-1', { timing: {} }),
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

test('an exit step lets go out what was meant for before it, and nothing later', () => {
  const definition = define([
    mail('now'),
    mail('late', { timing: { offset: 'P5D' } }),
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
    mail('more', { timing: { offset: 'PT1H' } }),
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
