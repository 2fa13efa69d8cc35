import type { Channel } from '@halyard/contracts/primitives';
import type { ConnectionId } from '../ids.js';
import { admits, closedBreaker } from './breaker.js';
import type { Candidate, ReleaseConnection } from './candidate.js';
import type { Check } from './check.js';
import { defer, pass } from './check.js';
import { isPlaceOf, reaches } from './posting-place.js';
import { isPulled } from './pulled.js';

/** Channels in the order they are tried: the contact's preferred one first, if the step has it. */
export function channelOrder({ message, contact, history }: Candidate): Channel[] {
  const repeated = repeatedAttempt(history);
  if (repeated) return [repeated.channel];
  const preferred = contact?.preferredChannel;
  if (!preferred || !message.channels.includes(preferred)) return message.channels;
  return [preferred, ...message.channels.filter((channel) => channel !== preferred)];
}

/**
 * The attempt of which nobody knows what became: it can only be repeated as it was, by the same way, with the same key
 * and bytes. Any other way could send the message a second time.
 */
export const repeatedAttempt = (history: Candidate['history']): Candidate['history'][number] | null => {
  const last = history.at(-1);
  return last?.outcome === 'unknown' ? last : null;
};

export type Routed = { check: Check; connection: ReleaseConnection | null; probe: boolean };

const noConnectionPauseMs = 15 * 60_000;

/**
 * The first connection of the channel that takes the message: in the order of priority, past those that cannot reach the
 * address, those that refused it and those whose breaker is open. What is meant for the place of a webhook goes by it.
 */
export function chooseConnection(
  { message, organization, history }: Candidate,
  { channel, address }: { channel: Channel; address: string },
  now: Date,
  breakerOf: (connection: ReleaseConnection) => ReleaseConnection['breaker'],
): Routed {
  const repeated = repeatedAttempt(history);
  const refused = refusedBy(history, channel);
  const only = repeated?.connectionId ?? message.target?.connection_id;
  if (message.source === 'permit') return chooseForPermit(organization.connections, channel, refused, now);
  const able = organization.connections.filter(
    (one) =>
      one.channels.includes(channel) && reaches(one, address) && (only === undefined || one.id === only),
  );
  able.sort((a, b) => Number(isPlaceOf(b, address)) - Number(isPlaceOf(a, address)));
  const willing = able.filter(({ id }) => !refused.has(id));
  for (const connection of willing) {
    const admitted = isPulled(connection) ? 'yes' : admits(breakerOf(connection), now);
    if (admitted !== 'no')
      return {
        check: pass('connection', { channel, connection_id: connection.id }),
        connection,
        probe: admitted === 'probe',
      };
  }
  return { check: noRoute(channel, able, willing, now, breakerOf), connection: null, probe: false };
}

/**
 * What n8n sends itself is booked on the organization's first connection to it, whatever that one sends for us and however
 * it fares at it: paused, it stops what n8n sends.
 */
function chooseForPermit(
  connections: readonly ReleaseConnection[],
  channel: Channel,
  refused: ReadonlySet<ConnectionId>,
  now: Date,
): Routed {
  const able = connections.filter(({ provider }) => provider === 'n8n').slice(0, 1);
  const [connection] = able.filter(({ id }) => !refused.has(id));
  if (!connection)
    return { check: noRoute(channel, able, [], now, neverAsked), connection: null, probe: false };
  const check = pass('connection', { channel, connection_id: connection.id });
  return { check, connection, probe: false };
}

const neverAsked = (): ReleaseConnection['breaker'] => closedBreaker;

const refusedBy = (history: Candidate['history'], channel: Channel): Set<ConnectionId> =>
  new Set(
    history
      .filter((attempt) => attempt.outcome === 'rejected' && attempt.channel === channel)
      .map((attempt) => attempt.connectionId),
  );

function noRoute(
  channel: Channel,
  able: ReleaseConnection[],
  willing: ReleaseConnection[],
  now: Date,
  breakerOf: (connection: ReleaseConnection) => ReleaseConnection['breaker'],
): Check {
  if (able.length === 0)
    return defer(
      'connection',
      new Date(now.getTime() + noConnectionPauseMs),
      `The organization would need an active connection for ${channel} that can write to this address.`,
      { channel },
      'no_connection',
    );
  if (willing.length === 0)
    return {
      rule: 'connection',
      verdict: 'fail',
      reason: 'rejected',
      needs: 'A connection that has not refused it would have to be there.',
      facts: { channel, refused_by: able.map(({ id }) => id) },
    };
  const retries = willing.map((one) => breakerOf(one).retryAt?.getTime() ?? now.getTime() + 1000);
  return defer(
    'connection',
    new Date(Math.min(...retries)),
    'The provider would have to be reachable: the breaker of each connection is open.',
    { channel, connections: willing.map(({ id }) => id) },
    'breaker_open',
  );
}
