import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Channel } from '@halyard/contracts/primitives';
import type { InboundRequest, OpenConnection, ProviderReport } from '@halyard/core/delivery/provider';
import { messageIdIn } from '../http/message-id.js';

/**
 * What Infobip offers to prove itself (Subscriptions Management: BASIC, HMAC, OAUTH; reports asked for per message carry
 * nothing). The connection's token in the path is always there; basic authentication and an HMAC-SHA256 of the body are
 * demanded on top when their secrets are set.
 */
export function isFromInfobip(connection: OpenConnection, request: InboundRequest): boolean {
  const { webhook_password: password, webhook_hmac_key: key } = connection.secrets;
  const { webhook_username: user = '', webhook_signature_header: header } = connection.settings as {
    webhook_username?: string;
    webhook_signature_header?: string;
  };
  if (password !== undefined) {
    const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    if (!same(one(request.headers.authorization) ?? '', expected)) return false;
  }
  if (key === undefined) return true;
  const given = (one(request.headers[(header ?? 'x-signature').toLowerCase()]) ?? '').replace(
    /^sha256=/i,
    '',
  );
  const digest = createHmac('sha256', key).update(request.rawBody).digest();
  return same(given.toLowerCase(), digest.toString('hex')) || same(given, digest.toString('base64'));
}

const same = (a: string, b: string): boolean => timingSafeEqual(hash(a), hash(b));
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

interface Result {
  messageId?: string;
  to?: string;
  from?: string;
  sender?: string;
  callbackData?: string;
  sentAt?: string;
  doneAt?: string;
  seenAt?: string;
  receivedAt?: string;
  status?: { groupName?: string; name?: string; description?: string };
  error?: { name?: string; description?: string; permanent?: boolean };
  text?: string;
  cleanText?: string;
  message?: { type?: string; text?: string; caption?: string };
}

/** Delivery reports, seen reports and inbound messages all come as `results`. */
export function parseInfobip(channel: Channel, { rawBody, now }: InboundRequest): ProviderReport[] {
  const { results } = parse(rawBody);
  return (Array.isArray(results) ? results.filter(isResult) : []).flatMap((result) => {
    const verdict = verdictOf(result);
    if (!verdict || !result.messageId) return [];
    const { at, about, ...rest } = verdict;
    const occurredAt = new Date((at ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    const address = rest.type === 'inbound' ? (result.from ?? result.sender) : result.to;
    return [
      {
        key: `${result.messageId}:${about}`,
        ...rest,
        occurredAt: Number.isNaN(occurredAt.getTime()) ? now : occurredAt,
        channel,
        // An inbound message has an id of its own; it is not one of ours.
        ...(rest.type === 'inbound' ? {} : { providerMessageId: result.messageId }),
        ...messageIdIn(result.callbackData),
        ...(address ? { address: address.startsWith('+') ? address : `+${address}` } : {}),
        raw: result,
      },
    ];
  });
}

const isResult = (one: unknown): one is Result => typeof one === 'object' && one !== null;

type Verdict = Pick<ProviderReport, 'type' | 'detail' | 'text'> & { about: string; at?: string };

function verdictOf(result: Result): Verdict | null {
  if (result.seenAt) return { type: 'opened', about: 'seen', at: result.seenAt };
  if (result.status) return deliveryOf(result, result.status);
  if (!result.receivedAt) return null;
  const text = result.text ?? result.cleanText ?? result.message?.text ?? result.message?.caption ?? '';
  return { type: 'inbound', about: 'inbound', at: result.receivedAt, text };
}

function deliveryOf({ error, doneAt }: Result, status: NonNullable<Result['status']>): Verdict | null {
  const detail = [status.name, error?.name, error?.description ?? status.description]
    .filter(Boolean)
    .join(': ');
  const done = doneAt ? { at: doneAt } : {};
  switch (status.groupName) {
    case 'DELIVERED':
      return { type: 'delivered', about: 'delivered', ...done };
    case 'UNDELIVERABLE':
      // Only a number that will never work is a bounce; a phone that was off is a failure of this message.
      return { type: noSuchNumber(error) ? 'bounced' : 'failed', about: 'undeliverable', detail, ...done };
    case 'EXPIRED':
      return { type: 'failed', about: 'expired', detail, ...done };
    case 'REJECTED':
      return { type: 'failed', about: 'rejected', detail, ...done };
    default: // PENDING, ACCEPTED
      return null;
  }
}

const noSuchNumber = (error: Result['error']): boolean =>
  error?.permanent === true &&
  /UNKNOWN_SUBSCRIBER|UNIDENTIFIED_SUBSCRIBER|INVALID_DESTINATION|NUMBER_NOT_EXIST|DESTINATION_NOT_REGISTERED/.test(
    error.name ?? '',
  );

function parse(body: Buffer): { results?: unknown } {
  try {
    return (JSON.parse(body.toString('utf8')) as { results?: unknown } | null) ?? {};
  } catch {
    return {};
  }
}

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
