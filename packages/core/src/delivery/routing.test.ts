import { expect, test } from 'vitest';
import type { ConnectionId } from '../ids.js';
import { chooseConnection } from './routing.js';
import { candidateOf } from './testing/candidates.js';

const now = new Date('2026-05-01T10:00:00Z');
const [first, second, third] = ['1', '2', '3'].map((n) => `connection ${n}` as ConnectionId);

const choose = (pinned: ConnectionId | undefined) => {
  const target = { email: 'ops@example.org', ...(pinned && { connection_id: pinned }) };
  const connections = [first, second].map((id) => ({ ...(id && { id }) }));
  return chooseConnection(
    candidateOf({ message: { target }, connections }, now),
    { channel: 'email', address: 'ops@example.org' },
    now,
    (one) => one.breaker,
  );
};

test('a message that names its connection goes over that one, whatever stands before it', () => {
  expect(choose(undefined).connection?.id).toBe(first);
  expect(choose(second).connection?.id).toBe(second);
});

test('it goes over no other when its own is not there', () => {
  expect(choose(third)).toMatchObject({
    connection: null,
    check: { verdict: 'defer', reason: 'no_connection' },
  });
});
