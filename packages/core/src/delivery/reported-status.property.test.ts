import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageStatus } from '../messages/message.js';
import type { ProviderReport } from './provider.js';
import { statusAfter } from './reported-status.js';

const type = fc.constantFrom<ProviderReport['type']>(
  ...([
    'delivered',
    'bounced',
    'soft_bounced',
    'complained',
    'failed',
    'opened',
    'clicked',
    'unsubscribed',
  ] as const),
);
const order: MessageStatus[] = ['sent', 'delivered', 'failed', 'bounced'];

test('Feature: delivery, Property 5: reports move a status forward only, and their order does not matter', () => {
  fc.assert(
    fc.property(fc.array(type, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (reports, random) => {
      let status: MessageStatus = 'sent';
      for (const report of reports) {
        const next = statusAfter(status, [report]);
        expect(order.indexOf(next)).toBeGreaterThanOrEqual(order.indexOf(status));
        status = next;
      }
      const keys = new Map(reports.map((report, n) => [n, { report, key: random.next().value }]));
      const shuffled = [...keys.values()].sort((a, b) => a.key - b.key).map(({ report }) => report);
      expect(statusAfter('sent', [...shuffled, ...shuffled])).toBe(status);
      expect(statusAfter('unknown', shuffled)).toBe(status);
    }),
    { numRuns: 500 },
  );
});
