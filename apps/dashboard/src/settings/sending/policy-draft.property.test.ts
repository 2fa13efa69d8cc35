import { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import { Channel } from '@halyard/contracts/primitives';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Policy } from '../../data/settings';
import { draftOf, policyOf, toggled, weekdays } from './policy-draft';

const channel = fc.constantFrom(...Channel.options, 'default' as const);
const days = fc
  .subarray([...weekdays], { minLength: 1 })
  .map((chosen) => weekdays.filter((day) => chosen.includes(day)));
const window = fc.record(
  { from: fc.constantFrom('20:00', '21:30'), to: fc.constantFrom('07:00', '08:15'), weekdays: days },
  { requiredKeys: ['from', 'to'] },
);
const policy = fc
  .record({
    quiet_hours: fc.dictionary(channel, fc.option(window)),
    send_windows: fc.dictionary(channel, fc.array(window, { minLength: 1, maxLength: 3 })),
    caps: fc.array(
      fc.record(
        {
          messages: fc.integer({ min: 1, max: 50 }),
          per: fc.constantFrom('P1D', 'P7D', 'PT90M'),
          channel: fc.constantFrom(...Channel.options),
        },
        { requiredKeys: ['messages', 'per'] },
      ),
      { maxLength: 10 },
    ),
    consent: fc.dictionary(fc.constantFrom(...Channel.options), fc.constantFrom('opt_in', 'opt_out')),
  })
  .map((given) => OrganizationPolicy.parse(JSON.parse(JSON.stringify(given))) as Policy);

test('Feature: rules for sending, Property 1: what the form shows and saves unchanged is what was there', () => {
  fc.assert(
    fc.property(policy, (given) => {
      expect(policyOf(draftOf(given))).toEqual(given);
      expect(OrganizationPolicy.safeParse(policyOf(draftOf(given))).success).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('Feature: rules for sending, Property 2: a day pressed twice leaves the days as they were', () => {
  fc.assert(
    fc.property(days, fc.constantFrom(...weekdays), (chosen, day) => {
      const before = chosen.length === weekdays.length ? [] : chosen;
      const twice = toggled(toggled(before, day), day);
      expect([...twice].sort()).toEqual([...before].sort());
    }),
    { numRuns: 200 },
  );
});
