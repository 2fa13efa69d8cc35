import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ContactEvent } from '../data/contacts';
import type { Entry, Source } from './timeline-entries';
import { endingFirst, eventEntries, woven } from './timeline-entries';

const lists = fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 25 }), {
  minLength: 1,
  maxLength: 4,
});

const eventAt = (second: number, id: string): ContactEvent => ({
  id,
  type: 'user.login',
  contact_id: null,
  subject: null,
  payload: {},
  occurred_at: new Date(second * 1_000).toISOString(),
  recorded_at: new Date(0).toISOString(),
});

/** A list of which so many are loaded. */
function loaded(all: readonly Entry[], count: number): Source {
  const entries = all.slice(0, count);
  return { entries, reached: count < all.length ? (entries.at(-1)?.at ?? all[0]?.at ?? null) : null };
}

test('Feature: timeline of a contact, Property 1: however far its lists are loaded, what is shown is how the whole line begins', () => {
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 7 }), (given, page) => {
      const whole = given.map((seconds, list) =>
        eventEntries([...seconds].sort((a, b) => b - a).map((second, n) => eventAt(second, `${list}/${n}`))),
      );
      const line = whole
        .flat()
        .map(({ at }) => at)
        .sort()
        .reverse();
      const counts = whole.map(() => page);
      for (;;) {
        const sources = whole.map((all, n) => loaded(all, counts[n] ?? 0));
        const shown = woven(sources).map(({ at }) => at);
        expect(shown).toEqual(line.slice(0, shown.length));
        const next = endingFirst(sources);
        if (next.length === 0) {
          expect(shown).toEqual(line);
          return;
        }
        for (const source of next) {
          const n = sources.indexOf(source);
          counts[n] = (counts[n] ?? 0) + page;
        }
      }
    }),
    { numRuns: 200 },
  );
});
