import { FlowDefinition } from '@halyard/contracts/flows/definition';
import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { withFact } from '../../explain/with-fact.js';
import { addDuration } from '../../time/arithmetic.js';
import type { Facts } from '../run.js';
import { instant } from '../testing/arbitraries.js';
import { knownFor } from '../testing/known.js';
import { lifeOf, live } from '../testing/lived-run.js';
import { checkCaps } from './check-caps.js';

const timeZone = 'Europe/Berlin';
const cap = fc.record({
  messages: fc.integer({ min: 1, max: 2 }),
  per: fc.constantFrom('P1D', 'PT12H', 'P2D'),
});
type Cap = { messages: number; per: string };

const checked = (definition: FlowDefinition, limit: Cap) =>
  checkCaps(definition, knownFor({ policy: OrganizationPolicy.parse({ caps: [limit] }), timeZone }));

/** Whether one of these comes when as many as are allowed came already. */
const breaks = (messages: readonly { at: Date }[], { messages: allowed, per }: Cap): boolean =>
  messages.some(({ at }, n) => {
    const since = addDuration(at, `-${per}`, timeZone);
    return messages.slice(0, n).filter((one) => one.at > since).length >= allowed;
  });

const world = (starts: Date, ends: Date): Facts => ({
  contact: { id: 'contact', attributes: {} },
  subject: {
    type: 'booking',
    id: 'booking',
    status: 'confirmed',
    starts_at: starts.toISOString(),
    ends_at: ends.toISOString(),
  },
  organization: { time_zone: timeZone },
  steps: {},
});

const far = new Date('2066-01-01T00:00:00Z');

const hoursOf = fc.constantFrom('PT1H', 'PT13H', 'P1D', 'P2D', 'P4D');
const message = fc
  .record(
    {
      from: fc.constantFrom('previous', 'start', 'anchor'),
      offset: hoursOf,
      before: fc.boolean(),
      at: fc.constantFrom('00:10', '09:00', '23:50'),
      weekdays: fc.constantFrom(['mon'], ['tue', 'fri']),
      if_past: fc.constantFrom('skip', 'send_now'),
    },
    { requiredKeys: ['from', 'offset', 'before'] },
  )
  .map(({ before, from, offset, ...rest }) => ({
    type: 'message',
    template: 'any',
    channels: ['email'],
    timing: {
      ...rest,
      from,
      offset: before && from === 'anchor' ? `-${offset}` : offset,
      ...(from === 'anchor' && { anchor: 'subject.starts_at' }),
    },
  }));
const target = fc.option(fc.nat(2));
const other = fc.oneof(
  hoursOf.map((duration) => ({ type: 'wait', wait: { for: 'duration', duration } })),
  fc.constant({ type: 'wait', wait: { for: 'event', event: 'user.login', timeout: 'P2D' } }),
  target.map((next) => ({ type: 'branch', next })),
  target.map((next) => ({ type: 'split', next })),
  fc.constant({ type: 'exit' }),
);
/** A few steps that lead down, past one another. */
const flows = fc
  .array(fc.oneof({ weight: 3, arbitrary: message }, { weight: 2, arbitrary: other }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((steps) => {
    const below = (n: number, by: number | null | undefined) =>
      by === null || by === undefined || !steps[n + 1 + by] ? null : `s${n + 1 + by}`;
    return FlowDefinition.parse({
      name: 'Any',
      trigger: { type: 'event', event: 'booking.created' },
      zone: 'organization',
      steps: steps.map((given, n) => {
        const { next, ...step } = given as typeof given & { next?: number | null };
        const to = below(n, next);
        const arms = [
          { name: 'a', weight: 1, next: below(n, 0) },
          { name: 'b', weight: 2, next: to },
        ];
        const when = { field: 'contact.attributes.level', op: 'exists' };
        if (step.type === 'split') return { ...step, id: `s${n}`, arms };
        return { ...step, id: `s${n}`, ...(step.type === 'branch' && { branches: [{ when, next: to }] }) };
      }),
    });
  });

test('Feature: flow checks, Property 4: what is reported of caps happens to whom it is reported of', () => {
  let reported = 0;
  fc.assert(
    fc.property(flows, cap, (definition, limit) => {
      for (const { counterexample, severity } of checked(definition, limit)) {
        if (!counterexample) throw new Error('Without a counterexample nothing is reported.');
        reported++;
        const wanted = counterexample.messages.map(({ step, at }) => `${step} ${at}`);
        const happens = Array.from({ length: 60 }, (_, n) => `contact-${n}`).some((contactId) => {
          const { messages } = live(definition, lifeOf(counterexample, contactId, world(far, far)));
          const came = new Set(messages.map(({ step, at }) => `${step} ${at.toISOString()}`));
          return wanted.every((one) => came.has(one));
        });
        expect([severity, happens]).toEqual([severity, true]);
        const concerned = counterexample.messages.map(({ at }) => ({ at: new Date(at) }));
        expect(breaks(concerned, limit)).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
  expect(reported).toBeGreaterThan(10);
}, 120_000);

const hours = (n: number) => n * 3_600_000;
const somebody = fc.record({
  startedAt: instant,
  starts: fc.integer({ min: -20, max: 400 }),
  lasts: fc.integer({ min: 0, max: 60 }),
  contact: fc.nat(1_000),
  level: fc.boolean(),
  logins: fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 4 }),
});

test('Feature: flow checks, Property 5: nobody gets too much from a flow that is found fine', () => {
  let fine = 0;
  fc.assert(
    fc.property(
      flows,
      cap,
      fc.array(somebody, { minLength: 10, maxLength: 10 }),
      (definition, limit, people) => {
        if (checked(definition, limit).length) return;
        fine++;
        for (const { startedAt, starts, lasts, contact, level, logins } of people) {
          const at = new Date(startedAt.getTime() + hours(starts));
          const facts = world(at, new Date(at.getTime() + hours(lasts)));
          const { messages } = live(definition, {
            contactId: `contact-${contact}`,
            startedAt,
            events: logins.map((n) => ({ type: 'user.login', at: new Date(startedAt.getTime() + hours(n)) })),
            factsAt: () => (level ? withFact(facts, 'contact.attributes.level', 2) : facts),
          });
          expect(breaks(messages, limit)).toBe(false);
        }
      },
    ),
    { numRuns: 100 },
  );
  expect(fine).toBeGreaterThan(10);
}, 120_000);
