import { FlowDefinition } from '@halyard/contracts/flows/definition';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDuration, atLocalTime, nextWeekday } from '../time/arithmetic.js';
import { wallTimeAt } from '../time/zone.js';
import { instant, localTime, weekdays, zone } from './testing/arbitraries.js';
import { messageMoment, waitEnd } from './timing.js';

const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const define = (step: object): FlowDefinition =>
  FlowDefinition.parse({ name: 'Any', trigger: { type: 'api' }, steps: [{ id: 'it', ...step }] });

test('Feature: timing, Property 1: a message is meant for its local time, on an allowed weekday, in the zone it names', () => {
  fc.assert(
    fc.property(
      instant,
      zone,
      localTime,
      weekdays,
      fc.integer({ min: -30, max: 30 }),
      (anchor, where, at, allowed, days) => {
        const offset = days < 0 ? `-P${-days}D` : `P${days}D`;
        const timing = {
          from: 'anchor',
          anchor: 'subject.starts_at',
          offset,
          at,
          weekdays: allowed,
          zone: { zone: where },
        };
        const definition = define({ type: 'message', template: 't', channels: ['sms'], timing });
        const step = definition.steps[0];
        if (step?.type !== 'message') throw new Error('not a message');
        const facts = { subject: { starts_at: anchor.toISOString() } };
        const moment = messageMoment(step, {
          definition,
          facts,
          startedAt: anchor,
          reachedAt: anchor,
          previous: anchor,
        });
        if (!moment) throw new Error('no moment');
        const wall = wallTimeAt(moment, where);
        // A local time that the clocks skip that day is met after the gap; no other moment shows another time.
        const day = nextWeekday(atLocalTime(addDuration(anchor, offset, where), at, where), allowed, where);
        expect(moment).toEqual(day);
        expect(allowed).toContain(names[wall.weekday - 1]);
        const shown = `${String(wall.hour).padStart(2, '0')}:${String(wall.minute).padStart(2, '0')}`;
        if (shown !== at) expect(shown > at || wall.hour < 3).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test('Feature: timing, Property 2: no wait ends before it began, and waits for a time or a while take time', () => {
  const wait = fc.oneof(
    fc.record({ for: fc.constant('duration'), duration: fc.constantFrom('PT1H', 'P1D', 'P1M') }),
    fc.record({
      for: fc.constant('time'),
      at: localTime,
      weekdays,
      zone: zone.map((name) => ({ zone: name })),
    }),
    fc.record({
      for: fc.constant('anchor'),
      anchor: fc.constant('subject.starts_at'),
      offset: fc.constantFrom('-P3D', 'PT2H'),
    }),
  );
  fc.assert(
    fc.property(instant, instant, wait, (reachedAt, startsAt, given) => {
      const definition = define({ type: 'wait', wait: given });
      const step = definition.steps[0];
      if (step?.type !== 'wait') throw new Error('not a wait');
      const end = waitEnd(step, reachedAt, definition, { subject: { starts_at: startsAt.toISOString() } });
      expect(end?.getTime()).toBeGreaterThanOrEqual(reachedAt.getTime());
      if (given.for !== 'anchor') expect(end?.getTime()).toBeGreaterThan(reachedAt.getTime());
    }),
    { numRuns: 300 },
  );
});
