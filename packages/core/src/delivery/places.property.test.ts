import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConnectionId, OrgId } from '../ids.js';
import { Places } from './places.js';

const limits = { total: 10, perOrganization: 4, perConnection: 3 };
const organizations = ['a', 'b', 'c'] as OrgId[];
const connectionOf = (orgId: OrgId) => `${orgId}-smtp` as unknown as ConnectionId;

test('Feature: delivery, Property 8: whatever rounds overlap, no more places are taken than there are, and all come back', () => {
  const round = fc.record({ most: fc.nat(12), wanted: fc.array(fc.nat(6), { minLength: 3, maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(round, { minLength: 1, maxLength: 8 }), (rounds) => {
      const places = new Places(limits);
      const kept = rounds.map(({ most, wanted }) => {
        const mine = places.keep(most);
        let left = mine.count;
        const shares = organizations.map((orgId, n) => {
          const share = Math.min(wanted[n] ?? 0, mine.roomOf(orgId), left);
          left -= share;
          return [orgId, share] as const;
        });
        mine.keep(shares);
        mine.keepAt(
          shares.flatMap(([orgId, share]) =>
            Array<ConnectionId>(Math.min(share, places.roomAt(connectionOf(orgId)))).fill(
              connectionOf(orgId),
            ),
          ),
        );
        expect(places.free).toBeGreaterThanOrEqual(0);
        for (const orgId of organizations) {
          expect(places.roomOf(orgId)).toBeGreaterThanOrEqual(0);
          expect(places.roomAt(connectionOf(orgId))).toBeGreaterThanOrEqual(0);
        }
        return mine;
      });
      for (const one of kept) one.end();
      expect(places.free).toBe(limits.total);
      for (const orgId of organizations) {
        expect(places.roomOf(orgId)).toBe(limits.perOrganization);
        expect(places.roomAt(connectionOf(orgId))).toBe(limits.perConnection);
      }
    }),
    { numRuns: 200 },
  );
});

test('who waits for a place is told when one comes back', async () => {
  const places = new Places(limits);
  await places.freed(); // all are free
  const kept = places.keep(10);
  const told = places.freed();
  kept.end();
  await told;
});
