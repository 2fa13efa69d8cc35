import { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Weekday } from '@halyard/contracts/primitives';
import * as fc from 'fast-check';

/** Zones whose clocks change in every way there is: by an hour, by half of one, never, by a whole day once. */
export const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/St_Johns',
  'Africa/Casablanca',
  'UTC',
] as const;

export const zone = fc.constantFrom(...zones);
export const weekdays = fc.uniqueArray(
  fc.constantFrom<Weekday>('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'),
  { minLength: 1 },
);
export const localTime = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

/** Any instant of some years, and often one close to a clock change in Europe or America. */
export const instant = fc
  .oneof(
    fc.date({
      min: new Date('2011-12-01T00:00:00Z'),
      max: new Date('2031-01-01T00:00:00Z'),
      noInvalidDate: true,
    }),
    fc
      .tuple(
        fc.constantFrom(
          '2026-03-29T01:00:00Z',
          '2026-10-25T01:00:00Z',
          '2026-03-08T07:00:00Z',
          '2026-11-01T06:00:00Z',
        ),
        fc.integer({ min: -2_880, max: 2_880 }),
      )
      .map(([change, minutes]) => new Date(Date.parse(change) + minutes * 60_000)),
  )
  .map((at) => new Date(Math.floor(at.getTime() / 1_000) * 1_000));

const timing = fc.record(
  {
    from: fc.constantFrom('previous', 'start', 'anchor'),
    anchor: fc.constantFrom('subject.starts_at', 'subject.ends_at'),
    days: fc.integer({ min: -10, max: 10 }),
    at: localTime,
    weekdays,
    zone: fc.constantFrom('contact', 'subject', 'organization'),
    if_past: fc.constantFrom('skip', 'send_now'),
    expires_after: fc.constantFrom('PT6H', 'P2D'),
  },
  { requiredKeys: ['from', 'anchor', 'days'] },
);

const message = timing.map(({ anchor, days, from, ...rest }) => ({
  type: 'message',
  template: 'any',
  channels: ['email'],
  timing: {
    ...rest,
    from,
    ...(from === 'anchor' && { anchor }),
    offset: from === 'anchor' && days < 0 ? `-P${-days}D` : `P${Math.abs(days)}D`,
  },
}));

const wait = fc.oneof(
  fc.constantFrom('PT1H', 'P1D', 'P4D').map((duration) => ({ for: 'duration', duration })),
  fc.record({ for: fc.constant('time'), at: localTime, weekdays, zone: fc.constant('subject') }),
);

const step = fc.oneof(
  { weight: 6, arbitrary: message },
  { weight: 2, arbitrary: wait.map((given) => ({ type: 'wait', wait: given })) },
  { weight: 1, arbitrary: fc.constant({ type: 'webhook', event: 'seen' }) },
  { weight: 1, arbitrary: fc.constant({ type: 'start_flow', flow: 'other' }) },
  { weight: 1, arbitrary: fc.constant({ type: 'exit' }) },
);

/** Flows about a booking whose course depends on nothing but time: no branches, no events. */
export const timedFlow = fc.array(step, { minLength: 1, maxLength: 9 }).map((steps) =>
  FlowDefinition.parse({
    name: 'Any',
    trigger: { type: 'event', event: 'booking.created' },
    zone: 'subject',
    steps: steps.map((given, n) => ({ ...given, id: `s${n}` })),
  }),
);

const target = fc.option(fc.nat(9).map((n) => `s${n}`));
const condition = fc.constantFrom(
  { field: 'contact.attributes.level', op: 'exists' },
  { field: 'subject.status', op: 'eq', value: 'checked_in' },
  { not: { field: 'steps.s0.opened', op: 'eq', value: true } },
);
const awaiting = fc.tuple(fc.constantFrom('user.login', 'user.*'), target).map(([event, on_timeout]) => ({
  type: 'wait',
  wait: { for: 'event', event, timeout: 'P2D', on_timeout },
}));
const deciding = fc.oneof(
  fc.record({
    type: fc.constant('branch'),
    branches: fc.array(fc.record({ when: condition, next: target }), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    type: fc.constant('split'),
    arms: fc.array(fc.record({ name: fc.constant('arm'), weight: fc.nat(3), next: target }), {
      minLength: 2,
      maxLength: 3,
    }),
  }),
  awaiting,
  awaiting,
  awaiting,
  fc.constant({ type: 'update_contact', set: { level: 1 } }),
);

/** Flows of every kind of step, which may lead anywhere, also round in circles. */
export const anyFlow = fc
  .tuple(
    fc.array(fc.oneof(step, deciding), { minLength: 10, maxLength: 10 }),
    fc.array(fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: target }), {
      minLength: 10,
      maxLength: 10,
    }),
  )
  .map(([steps, ways]) =>
    FlowDefinition.parse({
      name: 'Any',
      trigger: { type: 'event', event: 'booking.created' },
      zone: 'subject',
      goal: { name: 'bought', event: 'order.paid' },
      steps: steps.map((given, n) => ({
        ...given,
        id: `s${n}`,
        ...(ways[n] !== undefined && { next: ways[n] }),
      })),
    }),
  );
