import type { InboundRequest, ProviderReport } from '@halyard/core/delivery/provider';
import type { MessageId } from '@halyard/core/ids';
import type { Email } from 'postal-mime';
import PostalMime from 'postal-mime';
import { messageIdIn } from '../http/message-id.js';
import { enhancedCodeIn, refusedBy, saysNothing } from './enhanced-status.js';
import type { Fields } from './report-fields.js';
import { addressIn, fieldGroups } from './report-fields.js';

type Verdict = Pick<ProviderReport, 'type' | 'refused' | 'detail' | 'address'> & {
  code: string;
  raw: object;
};

/**
 * The report comes first and the returned mail, which can be large, last (RFC 6522): this much holds what counts. Lines
 * cost more than bytes: 260,000 empty ones keep the parser busy for two seconds, 5,000 for 40 ms.
 */
const readBytes = 262_144;
const readLines = 5_000;
const diagnosticLength = 1_000;

/**
 * What a mail to the return path reports: bounces (RFC 3464) and complaints (RFC 5965, and the older form of Outlook's
 * junk mail reporting). Anything else (answers of people, out-of-office notes by RFC 3834, read receipts, garbage) reports
 * nothing. The message is known by our own Message-ID in what was returned. Nobody signs such mails, so the reports are
 * `unproven`.
 */
export async function reportsInMail({
  rawBody,
  now,
}: Pick<InboundRequest, 'rawBody' | 'now'>): Promise<ProviderReport[]> {
  const mail = await parsed(beginningOf(rawBody));
  if (!mail) return [];
  const returned = await returnedMail(mail);
  const messageId = ourMessage(mail, returned);
  if (!messageId) return [];
  const verdicts = [...bouncesIn(mail), ...complaintIn(mail, returned)];
  return verdicts.map(({ code, ...verdict }) => ({
    key: [messageId, verdict.type, code, verdict.address?.toLowerCase()].join(' '),
    ...verdict,
    occurredAt: writtenAt(mail, now),
    channel: 'email',
    messageId,
    unproven: true,
  }));
}

function beginningOf(bytes: Buffer): Buffer {
  let end = 0;
  for (let lines = 0; lines < readLines && end < readBytes; lines++) {
    const newline = bytes.indexOf('\n', end);
    if (newline < 0) return bytes.subarray(0, readBytes);
    end = newline + 1;
  }
  return bytes.subarray(0, Math.min(end, readBytes));
}

/** Null for what is no mail at all. The library throws only where a mail breaks its limits. */
const parsed = (bytes: Uint8Array | string): Promise<Email | null> =>
  PostalMime.parse(bytes, {
    attachmentEncoding: 'utf8',
    forceRfc822Attachments: true,
    maxNestingDepth: 20,
    maxHeadersSize: readBytes,
  }).catch(() => null);

/** Their text, without the NULs that PostgreSQL would not keep. */
const partsOf = (mail: Email, ...types: string[]): string[] =>
  mail.attachments
    .filter(({ mimeType }) => types.includes(mimeType.toLowerCase()))
    .map(({ content }) => String(content).replaceAll('\0', ''));

async function returnedMail(mail: Email): Promise<Email | null> {
  const [whole] = partsOf(mail, 'message/rfc822', 'message/global');
  const [headers] = partsOf(mail, 'text/rfc822-headers', 'message/global-headers');
  const written = whole ?? headers;
  return written === undefined ? null : parsed(written.trimStart());
}

/** By the returned mail; where a server returns nothing of it, by our id for it or by what the bounce says it answers. */
function ourMessage(mail: Email, returned: Email | null): MessageId | undefined {
  const named = [returned?.messageId, mail.inReplyTo, mail.references].join(' ');
  const candidates = [
    ...Array.from(named.matchAll(/<([^<>@\s]+)@/g), ([, local]) => local),
    ...statusGroups(mail).map((group) => group.get('original-envelope-id')),
  ];
  for (const candidate of candidates) {
    const { messageId } = messageIdIn(candidate);
    if (messageId) return messageId;
  }
  return undefined;
}

const statusGroups = (mail: Email): Fields[] =>
  partsOf(mail, 'message/delivery-status', 'message/global-delivery-status').flatMap(fieldGroups);

const bouncesIn = (mail: Email): Verdict[] =>
  statusGroups(mail).flatMap((recipient) => bounceOf(recipient) ?? []);

/** Of one recipient; null when the mail is only late, was delivered, or was handed on. */
function bounceOf(recipient: Fields): Verdict | null {
  if (!/^failed\b/i.test(recipient.get('action') ?? '')) return null;
  const status = enhancedCodeIn(recipient.get('status') ?? '');
  const diagnostic = recipient.get('diagnostic-code')?.slice(0, diagnosticLength) ?? '';
  // Exim calls everything 5.0.0, and some servers leave the status out: the reply it quotes knows more.
  const code = status && !saysNothing(status) ? status : (enhancedCodeIn(diagnostic) ?? status);
  const detail = [code, diagnostic].filter(Boolean).join(': ');
  const address =
    addressIn(recipient.get('original-recipient')) ?? addressIn(recipient.get('final-recipient'));
  return {
    ...(isPermanent(code, diagnostic)
      ? { type: 'bounced', refused: refusedBy(code, diagnostic) }
      : { type: 'soft_bounced' }),
    code: code ?? '',
    ...(detail ? { detail } : {}),
    // A bounce that names nobody is about nobody.
    address: address ?? '',
    raw: Object.fromEntries(recipient),
  };
}

const isPermanent = (code: string | null, diagnostic: string): boolean =>
  (code?.[0] ?? /(?<!\d)([45])\d\d(?!\d)/.exec(diagnostic)?.[1]) !== '4';

function complaintIn(mail: Email, returned: Email | null): Verdict[] {
  const [feedback] = partsOf(mail, 'message/feedback-report').flatMap(fieldGroups);
  // Outlook.com's junk mail reporting adds the recipient to the mail that it returns, and no report.
  const outlook = /^complaint about message from/i.test(mail.subject ?? '')
    ? headerOf(returned, 'x-hmxmroriginalrecipient')
    : undefined;
  if (feedback?.get('feedback-type')?.toLowerCase() !== 'abuse' && !outlook) return [];
  // Some name nobody, to protect who complained; our Message-ID is enough then.
  const address =
    addressIn(feedback?.get('original-rcpt-to')) ??
    addressIn(outlook) ??
    addressIn(returned?.to?.[0]?.address);
  return [
    {
      type: 'complained',
      code: '',
      ...(address ? { address } : {}),
      raw: feedback ? Object.fromEntries(feedback) : { outlook },
    },
  ];
}

const headerOf = (mail: Email | null, name: string): string | undefined =>
  mail?.headers.find(({ key }) => key === name)?.value;

/** A clock that runs ahead must not date a report into the future. */
function writtenAt({ date }: Email, now: Date): Date {
  const at = new Date(date ?? now);
  return at < now ? at : now;
}
