import type { Channel } from '@halyard/contracts/primitives';
import { kindsOf } from '../../contacts/address.js';
import { consentFor } from '../../contacts/consent.js';
import type { SuppressionReason } from '../../contacts/suppression.js';
import type { Candidate, Recipient } from '../candidate.js';
import { suppressionKey } from '../candidate.js';
import type { Check } from '../check.js';
import { pass, passOn, skip } from '../check.js';

/**
 * Whether marketing needs a granted consent on a channel, where the organization's policy does not say.
 * - email: allowed until withdrawn. Customers may be written to about what they bought (§ 7 (3) UWG, art. 13 (2)
 *   2002/58/EC), and every mail carries a way out; whoever writes to others sets `opt_in`.
 * - sms, whatsapp: only with a granted consent (§ 7 (2) UWG, TCPA; WhatsApp's own terms).
 * - the chat channels: people wrote first, and their windows close by themselves.
 */
export const consentByDefault = (channel: Channel): 'opt_in' | 'opt_out' =>
  channel === 'sms' || channel === 'whatsapp' ? 'opt_in' : 'opt_out';

/** The address of the message on a channel: one given with it, else the contact's. */
export function addressOn(
  { message, contact }: { message: Candidate['message']; contact: Pick<Recipient, 'identities'> | null },
  channel: Channel,
): string | null {
  const given = message.target?.[channel];
  if (given) return given;
  for (const kind of kindsOf(channel)) {
    const identity = contact?.identities.find((one) => one.kind === kind);
    if (identity) return identity.address;
  }
  return null;
}

export function checkAddress(channel: Channel, address: string | null): Check {
  return address
    ? passOn('address', channel)
    : skip('address', 'no_address', `The contact would need an address for ${channel}.`, { channel });
}

/** Answers to what a person just asked for: the confirmation of STOP, the mail of double opt-in. An alert is none. */
const isAnswer = ({ message }: Candidate): boolean =>
  message.source === 'system' && message.subject?.type !== 'alert';

/** An unsubscribed address gets no marketing; the other reasons close it for everything. */
export function checkSuppression(candidate: Candidate, channel: Channel, address: string): Check {
  const reason = candidate.suppressed.get(suppressionKey(channel, address));
  if (!reason || !blocks(reason, candidate)) return passOn('suppression', channel);
  return skip('suppression', 'suppressed', 'The address would have to be taken off the suppression list.', {
    channel,
    reason,
  });
}

function blocks(reason: SuppressionReason, candidate: Candidate): boolean {
  if (reason === 'unsubscribed') return candidate.message.class === 'marketing';
  if (reason === 'stop') return !isAnswer(candidate);
  return true;
}

/** Marketing alone needs consent. What allowed it is named by its line in the ledger. */
export function checkConsent(candidate: Candidate, channel: Channel): Check {
  const { message, contact, organization } = candidate;
  if (message.class !== 'marketing' || isAnswer(candidate))
    return pass('consent', { channel, class: message.class });
  const rule = organization.policy.consent[channel] ?? consentByDefault(channel);
  const { state, line } = consentFor(contact?.consents ?? [], channel, message.topic);
  const facts = { channel, topic: message.topic, rule, state, consent_id: line?.id ?? null };
  if (state === 'granted' || (rule === 'opt_out' && state === 'none')) return pass('consent', facts);
  return state === 'withdrawn'
    ? skip('consent', 'opted_out', 'They would have to give their consent again.', facts)
    : skip('consent', 'no_consent', `They would have to allow ${channel} messages.`, facts);
}

const dayMs = 86_400_000;

/**
 * WhatsApp, Messenger and Instagram take free text only within 24 hours of the last message from the person; outside,
 * WhatsApp takes approved templates (https://developers.facebook.com/docs/whatsapp/pricing).
 */
export function checkChannelWindow(
  { message, contact, templates }: Candidate,
  channel: Channel,
  now: Date,
): Check {
  if (channel !== 'whatsapp' && channel !== 'messenger' && channel !== 'instagram')
    return pass('channel_window');
  const approved = isApprovedTemplate(templates.whatsapp?.compiled) || namesTemplate(message);
  if (channel === 'whatsapp' && approved) return pass('channel_window', { channel, approved_template: true });
  const last = contact?.lastInboundAt[channel];
  const facts = { channel, last_inbound_at: last?.toISOString() ?? null };
  if (last && now.getTime() - last.getTime() < dayMs) return pass('channel_window', facts);
  return skip(
    'channel_window',
    'window_closed',
    'They would have to write first, or it would have to be an approved template.',
    facts,
  );
}

/** What is sent elsewhere is a template of that name. */
const namesTemplate = ({ source, variables }: Candidate['message']): boolean =>
  source === 'permit' && typeof variables.approved_template === 'string';

/** Any locale of it names a template that WhatsApp approved (templates/compiled.ts). */
function isApprovedTemplate(compiled: unknown): boolean {
  const locales = (compiled as { locales?: Record<string, { kind?: string }> } | undefined)?.locales;
  return Object.values(locales ?? {}).some(({ kind }) => kind === 'whatsapp_template');
}

export function checkContent({ message, templates }: Candidate, channel: Channel): Check {
  if (message.content || templates[channel] || message.source === 'permit') return passOn('content', channel);
  return {
    rule: 'content',
    verdict: 'dead',
    reason: 'template_missing',
    needs: `There would have to be a template for ${channel} of this key.`,
    facts: { channel, template: message.template ?? null },
  };
}
