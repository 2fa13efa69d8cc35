import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ContactId, FlowId, FlowVersionId } from '../ids.js';
import type { LiveVersion } from './versions.js';
import { assignVersion } from './versions.js';

const live = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 4 })
  .map((weights) => weights.map((weight, n): LiveVersion => ({ id: `v${n}` as FlowVersionId, weight })));
const flow = fc.uuid().map((id) => id as FlowId);
const contact = fc.uuid().map((id) => id as ContactId);

test('Feature: flow versions, Property 1: a contact keeps a version for as long as it is live, whatever the weights become', () => {
  fc.assert(
    fc.property(flow, contact, live, live, (flowId, contactId, before, after) => {
      const first = assignVersion(flowId, contactId, before, null);
      const second = assignVersion(flowId, contactId, after, first);
      if (after.some(({ id, weight }) => id === first && weight > 0)) expect(second).toBe(first);
      else expect(second).toBe(assignVersion(flowId, contactId, after, null));
    }),
    { numRuns: 300 },
  );
});

test('Feature: flow versions, Property 2: the same contact draws the same version every time, and never one that is not live', () => {
  fc.assert(
    fc.property(flow, contact, live, (flowId, contactId, versions) => {
      const drawn = assignVersion(flowId, contactId, versions, null);
      expect(assignVersion(flowId, contactId, [...versions].reverse(), null)).toBe(drawn);
      const weight = versions.find(({ id }) => id === drawn)?.weight ?? 0;
      expect(weight > 0).toBe(versions.some((version) => version.weight > 0));
    }),
    { numRuns: 300 },
  );
});

test('Feature: flow versions, Property 3: over many contacts the shares come out as the weights say', () => {
  fc.assert(
    fc.property(flow, fc.integer({ min: 0, max: 100 }), (flowId, share) => {
      const versions = [
        { id: 'a' as FlowVersionId, weight: share },
        { id: 'b' as FlowVersionId, weight: 100 - share },
      ];
      const contacts = 2_000;
      let drawn = 0;
      for (let n = 0; n < contacts; n++)
        if (assignVersion(flowId, `contact-${n}` as ContactId, versions, null) === 'a') drawn++;
      // Five standard deviations of a fair draw, so that this fails once in a million runs and not once a week.
      const deviation = Math.sqrt(contacts * (share / 100) * (1 - share / 100));
      expect(Math.abs(drawn - (contacts * share) / 100)).toBeLessThanOrEqual(5 * deviation);
    }),
    { numRuns: 100 },
  );
});
