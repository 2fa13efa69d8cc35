import { createHmac, timingSafeEqual } from 'node:crypto';
import type { InboundRequest, ProviderReport } from '@halyard/core/delivery/provider';
import type { MessageId } from '@halyard/core/ids';
import { messageIdIn } from '../http/message-id.js';

const windowSeconds = 300;

/**
 * Checks the signature of a Svix webhook, as Resend sends them (docs.svix.com/receiving/verifying-payloads/how-manual):
 * HMAC-SHA256 over `id.timestamp.body`, any of several signatures, at most five minutes old or ahead. Returns the
 * event's id, or null.
 */
export function verifySvix(secret: string, { headers, rawBody, now }: InboundRequest): string | null {
  const id = one(headers['svix-id']);
  const timestamp = one(headers['svix-timestamp']);
  const given = one(headers['svix-signature']);
  if (!id || !given || !timestamp || !/^\d{1,12}$/.test(timestamp)) return null;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > windowSeconds) return null;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(rawBody).digest();
  const signatures = given.split(' ').flatMap((entry) => (entry.startsWith('v1,') ? [entry.slice(3)] : []));
  const matches = signatures.some((signature) => {
    const bytes = Buffer.from(signature, 'base64');
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
  return matches ? id : null;
}

interface ResendEvent {
  type?: string;
  created_at?: string;
  data?: {
    email_id?: string;
    to?: string[] | string;
    tags?: Record<string, string> | { name: string; value: string }[];
    bounce?: { type?: string; subType?: string; message?: string };
    failed?: { reason?: string };
    suppressed?: { message?: string };
    click?: { link?: string };
  };
}

/** resend.com/docs/webhooks/event-types. What says nothing about the fate of a message gives no report. */
export function parseResendEvent(id: string, { rawBody, now }: InboundRequest): ProviderReport[] {
  const event = JSON.parse(rawBody.toString('utf8')) as ResendEvent;
  const verdict = verdictOf(event);
  if (!verdict) return [];
  const { data = {}, created_at } = event;
  const at = new Date(created_at ?? now);
  const to = Array.isArray(data.to) ? data.to[0] : data.to;
  return [
    {
      key: id,
      ...verdict,
      occurredAt: Number.isNaN(at.getTime()) ? now : at,
      channel: 'email',
      ...(data.email_id ? { providerMessageId: data.email_id } : {}),
      ...ours(data.tags),
      ...(to ? { address: to } : {}),
      raw: event,
    },
  ];
}

function verdictOf({ type, data = {} }: ResendEvent): Pick<ProviderReport, 'type' | 'detail'> | null {
  switch (type) {
    case 'email.delivered':
      return { type: 'delivered' };
    case 'email.bounced': {
      const { type: kind, subType, message } = data.bounce ?? {};
      const detail = [kind, subType, message].filter(Boolean).join(': ');
      return { type: kind === 'Permanent' ? 'bounced' : 'soft_bounced', detail };
    }
    case 'email.suppressed':
      return { type: 'bounced', detail: data.suppressed?.message ?? 'On the suppression list of Resend.' };
    case 'email.complained':
      return { type: 'complained' };
    case 'email.failed':
      return { type: 'failed', detail: data.failed?.reason ?? 'Resend could not send it.' };
    case 'email.opened':
      return { type: 'opened' };
    case 'email.clicked':
      return { type: 'clicked', ...(data.click?.link ? { detail: data.click.link } : {}) };
    default: // email.sent, email.delivery_delayed, domain.*, contact.* …
      return null;
  }
}

type Tags = NonNullable<ResendEvent['data']>['tags'];

/** Tags come as an object in webhooks and as a list in answers. */
function ours(tags: Tags): { messageId?: MessageId } {
  const value = Array.isArray(tags)
    ? tags.find(({ name }) => name === 'message_id')?.value
    : tags?.message_id;
  return messageIdIn(value);
}

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
