import type { ContactInput, IdentityInput } from '@halyard/contracts/contacts/contact';
import type { OutreachItem } from '@halyard/contracts/outreach/item';
import type { ContactId, EventId, MessageId } from '../ids.js';
import type { NewMessage, Target } from '../messages/message.js';

/** Whom the target describes; null when it gives nothing to know somebody by. */
export function contactOf({ target, channel }: OutreachItem): ContactInput | null {
  const identities: IdentityInput[] = [];
  if (target.email) identities.push({ kind: 'email', address: target.email });
  const own = target.external_ids[channel];
  if (channel !== 'email' && own) identities.push({ kind: channel, address: own });
  const crm = target.external_ids.crm_contact_id;
  if (crm) identities.push({ kind: 'crm_user_id', address: crm });
  if (identities.length === 0) return null;
  const [first, ...rest] = target.name?.trim().split(/\s+/) ?? [];
  return {
    identities,
    ...(first && { first_name: first }),
    ...(rest.length && { last_name: rest.join(' ') }),
  };
}

/** What steps of one sequence are to the same person by: the address, else the contact. */
export function targetKey(item: OutreachItem, contactId: ContactId | null): string {
  const address = addressOf(item);
  return address ? `${item.channel}:${address.toLowerCase()}` : `contact:${contactId ?? 'none'}`;
}

const addressOf = ({ channel, target }: OutreachItem): string | null =>
  (channel === 'email' ? target.email : target.external_ids[channel]) || null;

/** The message of an item that may go out now, or when it is due. Opt-outs apply to it as to all marketing. */
export function messageOf(
  item: OutreachItem,
  ids: { messageId: MessageId; contactId: ContactId | null; eventId: EventId | null },
  now: Date,
): NewMessage {
  const at = item.schedule_at ? new Date(item.schedule_at) : now;
  const address = addressOf(item);
  const target: Target = {
    ...(address && { [item.channel]: address }),
    ...(item.target.name && { name: item.target.name }),
  };
  return {
    id: ids.messageId,
    key: `outreach:${item.id}`,
    contactId: ids.contactId,
    source: 'outreach',
    subject: { type: 'outreach_item', id: item.id },
    ...(ids.eventId && { eventId: ids.eventId }),
    class: 'marketing',
    topic: 'outreach',
    channels: [item.channel],
    content: { ...(item.subject && { subject: item.subject }), body: item.body },
    variables: {},
    target,
    plannedAt: at > now ? at : now,
    expiresAt: null,
    timeZone: null,
  };
}
