import { describe, expect, test } from 'vitest';
import type { ConnectionId } from '../ids.js';
import type { DueMessage, ReleaseConnection } from './candidate.js';
import { decideRelease } from './release.js';
import { candidateOf, roundAt } from './testing/candidates.js';

const now = new Date('2026-06-01T10:00:00Z');
const webhook: Partial<ReleaseConnection> = {
  provider: 'slack_webhook',
  channels: ['slack'],
  settings: { posts_to: '#crew' },
};
const bot: Partial<ReleaseConnection> = {
  provider: 'slack_bot',
  channels: ['slack'],
  settings: { default_to: '#harbour' },
};

const released = (message: Partial<DueMessage>, connections: Partial<ReleaseConnection>[]) => {
  const given = { message: { channels: ['slack' as const], ...message }, connections };
  const release = decideRelease(candidateOf(given, now), roundAt(now));
  if (release.kind === 'send') return `${release.route.address} by ${release.route.connection.provider}`;
  return release.kind === 'stop' ? release.stop.reason : release.kind;
};
const toNobody = { source: 'outreach' as const };

describe('a message to nobody in particular', () => {
  test('goes to the place of the first connection that has one', () => {
    expect(released(toNobody, [webhook, bot])).toBe('#crew by slack_webhook');
    expect(released(toNobody, [{ ...bot, settings: {} }, bot])).toBe('#harbour by slack_bot');
  });

  test('goes by the webhook whose place it is, though a bot comes first', () => {
    expect(released(toNobody, [{ ...bot, settings: {} }, webhook])).toBe('#crew by slack_webhook');
  });

  test('has no address where no connection has a place', () => {
    expect(released(toNobody, [{ ...bot, settings: {} }])).toBe('no_address');
  });
});

describe('a message to somebody', () => {
  test('is never posted where others read it', () => {
    expect(released({ source: 'flow' }, [webhook])).toBe('no_address');
    expect(
      released({ source: 'api', contactId: null, target: { email: 'anna@example.com' } }, [webhook]),
    ).toBe('no_address');
    expect(released({ ...toNobody, target: { slack: 'U024BE91L' } }, [webhook])).toBe('no_connection');
  });

  test('goes to the place of the webhook that it names: who chose it means that place', () => {
    const named = { ...webhook, id: 'w' as ConnectionId };
    const target = { slack: '#elsewhere', connection_id: 'w' as ConnectionId };
    expect(released({ source: 'system', target }, [bot, named])).toBe('#crew by slack_webhook');
  });

  test('goes by a connection that reaches them', () => {
    expect(released({ target: { slack: 'U024BE91L' } }, [webhook, bot])).toBe('U024BE91L by slack_bot');
  });
});
