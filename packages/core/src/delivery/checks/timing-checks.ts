import type { Channel } from '@halyard/contracts/primitives';
import { isAllowed } from '../../time/windows.js';
import type { Candidate } from '../candidate.js';
import type { Check } from '../check.js';
import { defer, pass, passOn, skip } from '../check.js';
import { momentAfter } from '../deadlines.js';
import { recipientZones } from '../recipient-zones.js';
import { releaseAfterHold, sendHours } from '../send-hours.js';
import { expiryOf } from './message-checks.js';

/** Quiet hours and send windows, on the recipient's clock. */
export function checkHours(candidate: Candidate, channel: Channel, address: string, now: Date): Check {
  const { message, contact, organization } = candidate;
  const rules = message.source === 'system' ? null : sendHours(organization.policy, channel, message.class);
  if (!rules) return passOn('hours', channel);
  const zones = recipientZones(channel, address, {
    contactZone: contact?.timeZone ?? null,
    country: contact?.country ?? null,
    organizationZone: organization.timeZone,
  });
  const facts = { channel, zones: zones.length > 3 ? `${zones.length} zones` : zones, ...rules };
  if (isAllowed(now, rules, zones)) return pass('hours', facts);
  const until = releaseAfterHold(now, rules, zones, message.id, expiryOf(candidate));
  return until
    ? defer('hours', until, 'It would have to be within the allowed hours where the recipient is.', facts)
    : skip('hours', 'no_allowed_hours', 'The allowed hours would have to have a time in common.', facts);
}

/** At most so many marketing messages to one contact within a period; over it, it waits until one leaves the period. */
export function checkCaps(
  { message, organization, released }: Candidate,
  channel: Channel,
  now: Date,
): Check {
  if (message.class !== 'marketing' || message.contactId === null) return pass('caps');
  for (const cap of organization.policy.caps) {
    if (cap.channel && cap.channel !== channel) continue;
    if (released.length < cap.messages) continue;
    const since = momentAfter(now, `-${cap.per}`, organization.timeZone);
    const counted = released
      .filter((one) => one.messageId !== message.id && one.at > since)
      .filter((one) => !cap.channel || one.channel === cap.channel)
      .sort((a, b) => a.at.getTime() - b.at.getTime());
    const frees = counted[counted.length - cap.messages];
    if (!frees) continue;
    const until = momentAfter(frees.at, cap.per, organization.timeZone);
    // A calendar day and back is not always the same instant around a change of clocks.
    const later = until > now ? until : new Date(now.getTime() + 60_000);
    return defer('caps', later, 'Fewer messages would have to have gone out to this contact lately.', {
      ...cap,
      released: counted.length,
    });
  }
  return pass('caps');
}
