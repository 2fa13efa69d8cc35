import type { Candidate } from './candidate.js';
import type { Payload } from './provider.js';
import type { Route } from './release.js';

/** What is kept of a message that its asker sends: to whom, and what they said of it. */
export function permittedPayload({ message, contact }: Candidate, { channel, address }: Route): Payload {
  const { subject = '', body = '' } = message.content ?? {};
  const known = [contact?.firstName, contact?.lastName].filter(Boolean).join(' ');
  const name = message.target?.name ?? known;
  const to = { address, ...(name && { name }) };
  if (channel === 'email')
    return { channel, from: { address: '' }, to, subject, html: '', text: body, headers: {} };
  return { channel, from: '', to: address, text: body };
}
