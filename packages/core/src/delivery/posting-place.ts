import type { Channel } from '@halyard/contracts/primitives';
import type { SealedConnection } from '../connections/open-connection.js';
import type { Candidate } from './candidate.js';
import { addressOn } from './checks/channel-checks.js';

type Connected = Pick<SealedConnection, 'settings'>;

/** Where a connection posts what is for nobody in particular: the one place of a webhook, the one chosen for a bot. */
export function postingPlace({ settings }: Connected): string | null {
  const place = settings.posts_to ?? settings.default_to;
  return typeof place === 'string' ? place : null;
}

/** Whether an address is the one place that a webhook posts to. */
export const isPlaceOf = ({ settings }: Connected, address: string): boolean => settings.posts_to === address;

/** A webhook reaches nobody but whoever reads its one place. */
export const reaches = (connection: Connected, address: string): boolean =>
  connection.settings.posts_to === undefined || isPlaceOf(connection, address);

/** Where a message goes on a channel: to its own address, the contact's, or where connections post by default. */
export function addressFor(candidate: Candidate, channel: Channel): string | null {
  const { message, organization } = candidate;
  const named = organization.connections.find(({ id }) => id === message.target?.connection_id);
  // Whoever names a webhook means its place, whatever else the message is addressed to.
  if (typeof named?.settings.posts_to === 'string') return named.settings.posts_to;
  return addressOn(candidate, channel) ?? (named ? postingPlace(named) : defaultPlace(candidate, channel));
}

/**
 * For messages to nobody in particular. Outreach items say so by leaving the address on their channel out; what is
 * written to a person is never posted where others read it.
 */
function defaultPlace({ message, organization }: Candidate, channel: Channel): string | null {
  if (message.source !== 'outreach') return null;
  for (const connection of organization.connections) {
    const place = connection.channels.includes(channel) ? postingPlace(connection) : null;
    if (place) return place;
  }
  return null;
}
