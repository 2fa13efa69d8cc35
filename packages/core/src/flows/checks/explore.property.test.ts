import { FlowDefinition } from '@halyard/contracts/flows/definition';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { live } from '../testing/lived-run.js';
import { checkReach } from './check-reach.js';
import { explore } from './explore.js';

const level = 'contact.attributes.level';
const condition = fc.oneof(
  fc.integer({ min: 0, max: 2 }).map((value) => ({ field: level, op: 'eq', value })),
  fc.integer({ min: 0, max: 2 }).map((value) => ({ field: level, op: 'gt', value })),
  fc.constantFrom({ field: level, op: 'exists' }, { field: 'contact.attributes.vip', op: 'eq', value: true }),
  fc.constant({ field: 'subject.status', op: 'eq', value: 'cancelled' }),
);
const maybeNot = fc.tuple(condition, fc.boolean()).map(([one, not]) => (not ? { not: one } : one));
/** So many steps further down, or the end. */
const target = fc.option(fc.nat(3));
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .array(fc.record({ when: maybeNot, next: target }), { minLength: 1, maxLength: 3 })
      .map((branches) => ({ type: 'branch', branches })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('PT1H', 'P1D')
      .map((duration) => ({ type: 'wait', wait: { for: 'duration', duration } })),
  },
  {
    weight: 1,
    arbitrary: fc.constant({ type: 'wait', wait: { for: 'anchor', anchor: 'subject.starts_at' } }),
  },
  {
    weight: 2,
    arbitrary: fc.option(fc.nat(2)).map((value) => ({ type: 'update_contact', set: { level: value } })),
  },
);
type Given = { branches?: { when: unknown; next: number | null }[] };
const flow = fc
  .tuple(fc.array(step, { minLength: 3, maxLength: 9 }), fc.option(maybeNot))
  .map(([steps, exit]) => {
    const below = (n: number, by: number | null) =>
      by === null || !steps[n + 1 + by] ? null : `s${n + 1 + by}`;
    return FlowDefinition.parse({
      name: 'Any',
      trigger: { type: 'event', event: 'booking.created' },
      exits: exit ? [{ name: 'over', condition: exit }] : [],
      steps: steps.map((given, n) => {
        const { branches } = given as Given;
        const led = branches?.map(({ when, next }) => ({ when, next: below(n, next) }));
        return { ...given, ...(led && { branches: led }), id: `s${n}` };
      }),
    });
  });
/** Facts that change whenever time passes. */
const lives = fc.array(
  fc.record({
    level: fc.option(fc.nat(3)),
    vip: fc.boolean(),
    status: fc.constantFrom('confirmed', 'checked_in'),
  }),
  { minLength: 5, maxLength: 5 },
);
const startedAt = new Date('2026-06-01T10:00:00Z');

test('Feature: flow checks, Property 3: no run comes where the checks say that none does', () => {
  let refused = 0;
  fc.assert(
    fc.property(
      flow,
      fc.array(lives, { minLength: 8, maxLength: 8 }),
      fc.integer({ min: -90, max: 90 }),
      (definition, tried, hours) => {
        const findings = checkReach(definition);
        const never = findings.flatMap(({ severity, rule, counterexample }) => {
          const last = counterexample?.way.at(-1);
          return severity === 'error' && rule === 'reachable' && last ? `${last.step} ${last.took}` : [];
        });
        const { arrivals, complete } = explore(definition);
        refused += never.length;
        for (const facts of tried) {
          const { visited, taken } = live(definition, {
            contactId: 'mia',
            startedAt,
            events: [],
            factsAt: (at) => {
              const one = facts[Math.floor(at.getTime() / 3_600_000) % facts.length];
              const starts_at = new Date(startedAt.getTime() + hours * 3_600_000).toISOString();
              const { status, ...attributes } = one ?? { status: 'confirmed' };
              return { contact: { attributes }, subject: { status, starts_at }, steps: {} };
            },
          });
          for (const turn of never) expect([...taken]).not.toContain(turn);
          if (complete && !findings.some(({ path }) => path.startsWith('exits')))
            for (const step of visited) expect([...arrivals.keys()]).toContain(step);
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(refused).toBeGreaterThan(20);
});
