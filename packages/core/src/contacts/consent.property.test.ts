import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConsentLine } from './consent.js';
import { consentFor, isWithdrawn } from './consent.js';

const line = fc.record({
  channel: fc.constantFrom('email', 'sms', '*'),
  topic: fc.constantFrom('news', 'offers', '*'),
  state: fc.constantFrom('granted' as const, 'pending' as const, 'withdrawn' as const),
});
const ledger = fc
  .array(line, { maxLength: 12 })
  .map((lines): ConsentLine[] => lines.map((one, n) => ({ ...one, id: String(n), seq: n })));
const applies = (one: ConsentLine) =>
  ['email', '*'].includes(one.channel) && ['news', '*'].includes(one.topic);

test('Feature: consent, Property 1: the last word that is no question decides, whatever order the lines are read in', () => {
  fc.assert(
    fc.property(ledger, fc.infiniteStream(fc.nat()), (lines, noise) => {
      const words = lines.filter((one) => applies(one) && one.state !== 'pending');
      const shuffled = lines
        .map((one) => [noise.next().value ?? 0, one] as const)
        .sort((a, b) => a[0] - b[0]);
      const { state, line: decided } = consentFor(
        shuffled.map(([, one]) => one),
        'email',
        'news',
      );
      const asked = lines.filter(applies).at(-1);
      expect(state).toBe(words.at(-1)?.state ?? asked?.state ?? 'none');
      expect(decided?.id).toBe((words.at(-1) ?? asked)?.id);
    }),
    { numRuns: 500 },
  );
});

test('Feature: consent, Property 2: after a withdrawal of everything nothing is granted until somebody grants again', () => {
  fc.assert(
    fc.property(ledger, (lines) => {
      const all: ConsentLine = { id: 'all', channel: '*', topic: '*', state: 'withdrawn', seq: 1_000 };
      for (const channel of ['email', 'sms'] as const)
        for (const topic of ['news', 'offers', '*'])
          expect(consentFor([...lines, all], channel, topic).state).toBe('withdrawn');
    }),
    { numRuns: 200 },
  );
});

test('Feature: consent, Property 3: something is withdrawn when any part of it is, and nothing else is', () => {
  const channels = ['email', 'sms'] as const;
  const topics = ['news', 'offers', 'courses'];
  fc.assert(
    fc.property(
      ledger,
      fc.constantFrom(...channels, '*'),
      fc.constantFrom(...topics, '*'),
      (lines, channel, topic) => {
        for (const one of channels)
          for (const other of topics) {
            const isOut = consentFor(lines, one, other).state === 'withdrawn';
            expect(isWithdrawn(lines, { channel: one, topic: other })).toBe(isOut);
            const isPart = [one, '*'].includes(channel) && [other, '*'].includes(topic);
            if (isOut && isPart) expect(isWithdrawn(lines, { channel, topic })).toBe(true);
          }
      },
    ),
    { numRuns: 500 },
  );
});
