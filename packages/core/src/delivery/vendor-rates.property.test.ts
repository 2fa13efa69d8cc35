import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConnectionId } from '../ids.js';
import type { ReleaseConnection } from './candidate.js';
import { decideRelease } from './release.js';
import { ReleaseRound } from './release-round.js';
import { candidateOf } from './testing/candidates.js';
import type { Bucket } from './token-bucket.js';

const start = Date.parse('2026-06-01T10:00:00Z');
const connection = (
  provider: string,
  channel: 'slack' | 'telegram' | 'discord',
): Partial<ReleaseConnection> => ({
  id: '00000000-0000-7000-8000-000000000010' as ConnectionId,
  provider,
  channels: [channel],
});

/** When each of some messages goes out, in milliseconds, as the loop would: put off ones are asked again at their time. */
function sentAt(
  count: number,
  { provider, channel, to }: { provider: string; channel: 'slack' | 'telegram' | 'discord'; to: string },
  buckets = new Map<string, Bucket>(),
): number[] {
  const waiting = Array.from({ length: count }, () => ({ dueAt: start, deferredBy: null as string | null }));
  const sent: number[] = [];
  while (waiting.length > 0) {
    waiting.sort((a, b) => a.dueAt - b.dueAt);
    const one = waiting.shift();
    if (!one) break;
    const now = new Date(one.dueAt);
    const message = { channels: [channel], deferredBy: one.deferredBy, target: { [channel]: to } };
    const candidate = candidateOf({ message, connections: [connection(provider, channel)] }, now);
    const limits = { roomAt: () => 1_000, repeatWithinMs: () => 0 };
    const release = decideRelease(candidate, new ReleaseRound(now, buckets, limits));
    if (release.kind === 'send') sent.push(one.dueAt);
    else if (release.kind === 'stop' && release.stop.verdict === 'defer')
      waiting.push({ dueAt: release.stop.until.getTime(), deferredBy: 'rates' });
    else throw new Error(JSON.stringify(release));
  }
  return sent;
}

const most = (sent: number[], withinMs: number): number =>
  Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + withinMs).length));

test('Feature: vendor rates, Property 1: no place gets more than its vendor takes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 45 }),
      fc.constantFrom(
        { provider: 'slack_webhook', channel: 'slack' as const, to: '#crew', most: 1, withinMs: 1_000 },
        { provider: 'slack_bot', channel: 'slack' as const, to: 'C024BE91L', most: 1, withinMs: 1_000 },
        { provider: 'discord_webhook', channel: 'discord' as const, to: '#crew', most: 5, withinMs: 2_000 },
        { provider: 'telegram_bot', channel: 'telegram' as const, to: '-1001', most: 20, withinMs: 60_000 },
        { provider: 'telegram_bot', channel: 'telegram' as const, to: '4711', most: 30, withinMs: 1_000 },
      ),
      (count, way) => {
        const sent = sentAt(count, way);
        expect(sent).toHaveLength(count);
        expect(most(sent, way.withinMs)).toBeLessThanOrEqual(way.most);
      },
    ),
    { numRuns: 100 },
  );
});

test('a group that is written to too much holds up nobody else', () => {
  const buckets = new Map<string, Bucket>();
  const telegram = { provider: 'telegram_bot', channel: 'telegram' as const };
  sentAt(10, { ...telegram, to: '-1001' }, buckets);
  expect(sentAt(1, { ...telegram, to: '4711' }, buckets)).toEqual([start]);
});
