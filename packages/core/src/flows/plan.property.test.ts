import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance } from './advance.js';
import { instant, timedFlow, zone } from './testing/arbitraries.js';
import { BookingWorld, happening } from './testing/booking-world.js';

const story = fc.record({
  definition: timedFlow,
  now: instant,
  /** Days from the booking being made to its start. */
  ahead: fc.integer({ min: -2, max: 20 }),
  zone,
  happenings: fc.array(happening, { maxLength: 14 }),
});

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

const begin = ({ definition, now, ahead, zone }: Story): BookingWorld =>
  new BookingWorld(definition, now, new Date(now.getTime() + ahead * 86_400_000), zone);

function live(told: Story): BookingWorld {
  const world = begin(told);
  for (const each of told.happenings) world.happen(each);
  return world;
}

/** The plan that a run started at the same moment would hold if the facts had always been what they are now. */
function fresh(world: BookingWorld) {
  return advance({
    definition: world.definition,
    run: world.newRun(),
    facts: world.facts(),
    cause: { kind: 'start' },
    now: world.now,
  });
}

test('Feature: flows, Property 1: whatever happened in whatever order, what is pending is the fresh plan less what was released', () => {
  fc.assert(
    fc.property(story, (told) => {
      const world = live(told);
      const expected = fresh(world)
        .plan.filter(({ verdict, plannedAt }) => verdict === 'send' && plannedAt > world.now)
        .map(({ stepId, occurrence, plannedAt }) => ({ key: `${stepId}:${occurrence}`, plannedAt }))
        .filter(({ key }) => !world.released.includes(key))
        .map(({ key, plannedAt }) => `${key} ${plannedAt.toISOString()}`)
        .sort();
      expect(world.pending()).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('Feature: flows, Property 2: nothing is released twice, and what was released never changes', () => {
  fc.assert(
    fc.property(story, (told) => {
      const world = live(told);
      expect(new Set(world.released).size).toBe(world.released.length);
      for (const key of world.released) expect(world.rows.get(key)?.status).not.toBe('scheduled');
    }),
    { numRuns: 200 },
  );
});

test('Feature: flows, Property 3: every effect is executed once', () => {
  fc.assert(
    fc.property(story, (told) => {
      const world = live({ ...told, happenings: told.happenings.filter(({ kind }) => kind !== 'cancel') });
      expect(world.effects).toEqual(fresh(world).effects);
    }),
    { numRuns: 200 },
  );
});

test('Feature: flows, Property 4: looking at a run twice at the same moment changes nothing', () => {
  fc.assert(
    fc.property(story, (told) => {
      const world = live(told);
      const input = {
        definition: world.definition,
        facts: world.facts(),
        cause: { kind: 'wake' as const },
        now: world.now,
      };
      const once = advance({ ...input, run: world.run });
      const again = advance({ ...input, run: world.run });
      const twice = advance({ ...input, run: once.run });
      expect(again).toEqual(once);
      expect(twice).toEqual({ ...once, effects: [], decisions: [] });
    }),
    { numRuns: 200 },
  );
});

test('Feature: flows, Property 5: an active run has a time at which it is looked at again, and in the end completes', () => {
  fc.assert(
    fc.property(story, (told) => {
      const world = live(told);
      if (world.run.status !== 'active') return;
      expect(world.run.wakeAt).not.toBeNull();
      world.happen({ kind: 'pass_time', hours: 24 * 365 });
      expect(world.run.status).not.toBe('active');
    }),
    { numRuns: 200 },
  );
});

test('Feature: flows, Property 6: that time passes neither moves, skips nor cancels what is planned', () => {
  fc.assert(
    fc.property(story, (told) => {
      const world = begin(told);
      for (const each of told.happenings) {
        const before = [...world.rows.values()].filter(({ status }) => status === 'scheduled');
        world.happen(each);
        if (each.kind === 'pass_time' || each.kind === 'look')
          for (const row of before) expect([...world.rows.values()]).toContainEqual(row);
      }
    }),
    { numRuns: 200 },
  );
});

test('Feature: flows, Property 7: a change moves no message to a time that is over', () => {
  fc.assert(
    fc.property(story, (told) => {
      const world = begin(told);
      for (const each of told.happenings) {
        const before = new Map(world.rows);
        world.happen(each);
        if (each.kind === 'pass_time' || each.kind === 'release') continue;
        for (const [key, row] of world.rows)
          if (row.status === 'scheduled' && row.plannedAt.getTime() !== before.get(key)?.plannedAt.getTime())
            expect(row.plannedAt.getTime()).toBeGreaterThanOrEqual(world.now.getTime());
      }
    }),
    { numRuns: 200 },
  );
});
