import type { Candidate, ReleaseConnection } from './candidate.js';
import type { Stop } from './check.js';
import { defer } from './check.js';
import { expiryOf } from './checks/message-checks.js';
import { isPulled } from './pulled.js';

/**
 * Who makes the call: the loop that delivers; a workflow that claims what is due for it (n8n in mode pull); or the asker
 * of a send permit, who has all but the permission already. Each takes its own messages and leaves the others'.
 */
export type Sender = 'loop' | 'claim' | 'permit';

export function senderOf(
  { message }: Pick<Candidate, 'message'>,
  connection: Pick<ReleaseConnection, 'provider' | 'settings'>,
): Sender {
  if (message.source === 'permit') return 'permit';
  return isPulled(connection) ? 'claim' : 'loop';
}

export const awaitingClaim = 'awaiting_claim';
export const awaitingPermit = 'awaiting_permit';

/** Looked at again this late, should nobody ask for it: its connection may have been changed. */
const lookAgainMs = 3_600_000;

/** Every rule lets it go; it waits for whoever sends it. */
export function waitsFor(sender: Exclude<Sender, 'loop'>, candidate: Candidate, now: Date): Stop {
  const until = Math.min(now.getTime() + lookAgainMs, expiryOf(candidate).getTime());
  return sender === 'claim'
    ? defer('sender', new Date(until), 'A workflow would have to claim it.', {}, awaitingClaim)
    : defer('sender', new Date(until), 'Whoever sends it would have to ask again.', {}, awaitingPermit);
}
