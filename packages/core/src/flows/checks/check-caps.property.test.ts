import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { withFact } from '../../explain/with-fact.js';
import { addDuration } from '../../time/arithmetic.js';
import { checkPaths } from '../check-paths.js';
import type { Facts } from '../run.js';
import { anyFlow, instant, timedFlow } from '../testing/arbitraries.js';
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

const flows = fc.oneof(timedFlow, anyFlow).filter((definition) => checkPaths(definition).length === 0);

test('Feature: flow checks, Property 4: what is reported of caps happens to whom it is reported of', () => {
  let reported = 0;
  fc.assert(
    fc.property(flows, cap, (definition, limit) => {
      for (const { counterexample, severity } of checked(definition, limit)) {
        if (!counterexample) throw new Error('Without a counterexample nothing is reported.');
        reported++;
        const wanted = counterexample.messages.map(({ step, at }) => `${step} ${at}`);
        const happens = Array.from({ length: 300 }, (_, n) => `contact-${n}`).some((contactId) => {
          const { messages } = live(definition, lifeOf(counterexample, contactId, world(far, far)));
          const came = new Set(messages.map(({ step, at }) => `${step} ${at.toISOString()}`));
          return wanted.every((one) => came.has(one));
        });
        expect([severity, happens]).toEqual([severity, true]);
        const concerned = counterexample.messages.map(({ at }) => ({ at: new Date(at) }));
        expect(breaks(concerned, limit)).toBe(true);
      }
    }),
    { numRuns: 100, endOnFailure: true },
  );
  expect(reported).toBeGreaterThan(30);
});

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
      fc.array(somebody, { minLength: 6, maxLength: 6 }),
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
    { numRuns: 100, endOnFailure: true },
  );
  expect(fine).toBeGreaterThan(10);
});
