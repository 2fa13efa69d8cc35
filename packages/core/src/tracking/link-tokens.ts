import type { KeyObject } from 'node:crypto';
import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { AttemptId, ContactId, Id, MessageId, OrgId } from '../ids.js';

/** Which link of a message was followed: 16 characters of base64url, made from its target. */
export type LinkId = string;

/** What each kind of token names. A token says nothing else, and nobody but us can make one. */
export interface TokenSubjects {
  open: { orgId: OrgId; messageId: MessageId };
  click: { orgId: OrgId; messageId: MessageId; linkId: LinkId };
  /** The contact stands in it too, so that the link in an old mail works when the message is long gone. */
  unsubscribe: { orgId: OrgId; messageId: MessageId; contactId: ContactId | null };
  /** A pending consent of double opt-in. */
  confirm: { orgId: OrgId; consentId: Id<'consent'> };
  /** An attempt that was handed over: where its outcome is reported. */
  attempt: { orgId: OrgId; attemptId: AttemptId };
  /** The call of a workflow that is to be answered: goes to n8n, and to no recipient. */
  answer: { orgId: OrgId; callId: Id<'workflow_call'> };
  /** Whose chat it is that a bot is started from. Which organization's stands with the bot: there is room for 64 characters. */
  start: { contactId: ContactId };
}
export type TokenKind = keyof TokenSubjects;
/** Those that stand at the end of an address of ours. */
type LinkKind = Exclude<TokenKind, 'start'>;

const fields = {
  open: ['orgId', 'messageId'],
  click: ['orgId', 'messageId', 'linkId'],
  unsubscribe: ['orgId', 'messageId', 'contactId'],
  confirm: ['orgId', 'consentId'],
  attempt: ['orgId', 'attemptId'],
  answer: ['orgId', 'callId'],
  start: ['contactId'],
} as const satisfies { [Kind in TokenKind]: readonly (keyof TokenSubjects[Kind])[] };

const kindBytes: Record<TokenKind, number> = {
  open: 0x11,
  click: 0x12,
  unsubscribe: 0x13,
  confirm: 0x14,
  attempt: 0x15,
  answer: 0x16,
  start: 0x17,
};
const paths: Record<LinkKind, string> = {
  open: 't/o',
  click: 't/c',
  unsubscribe: 'u',
  confirm: 'c',
  attempt: 'hooks/attempts',
  answer: 'hooks/workflow-calls',
};
const macBytes = 16;
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Signed tokens in the links of messages, and of what else is answered at an address: the kind, the ids as bytes, and 128 bits of HMAC-SHA256 over both, in
 * base64url (44 to 88 characters). The key is derived from HALYARD_SECRET; links that were signed with one before it are
 * read as long as HALYARD_OLD_SECRETS names it, as a way out has to work for years.
 */
export class LinkTokens {
  readonly #key: KeyObject;
  /** The newest first. */
  readonly #readable: readonly KeyObject[];
  readonly #base: string;

  /** `publicUrl`: where recipients reach this server. */
  constructor(secret: string, publicUrl: string, oldSecrets: readonly string[] = []) {
    this.#key = keyFrom(secret);
    this.#readable = [this.#key, ...oldSecrets.map(keyFrom)];
    this.#base = publicUrl.replace(/\/+$/, '');
  }

  /** The whole address of a link of this kind. */
  url<Kind extends LinkKind>(kind: Kind, subject: TokenSubjects[Kind]): string {
    return `${this.#base}/${paths[kind]}/${this.sign(kind, subject)}`;
  }

  /** Whether an address is one that `url` made. */
  isOwn(url: string): boolean {
    return Object.values(paths).some((path) => url.startsWith(`${this.#base}/${path}/`));
  }

  sign<Kind extends TokenKind>(kind: Kind, subject: TokenSubjects[Kind]): string {
    const values = subject as Record<string, string | null>;
    let length = scratch.writeUInt8(kindBytes[kind]);
    for (const field of fields[kind]) length += writeField(scratch, length, field, values[field] ?? nobody);
    length += macOf(this.#key, scratch.subarray(0, length)).copy(scratch, length);
    return scratch.toString('base64url', 0, length);
  }

  /** What a token names; null when it is of another kind, was changed, or is not ours. */
  read<Kind extends TokenKind>(kind: Kind, token: string): TokenSubjects[Kind] | null {
    const bytes = Buffer.from(token, 'base64url');
    const length = 1 + fields[kind].reduce((sum, field) => sum + widthOf(field), 0);
    if (bytes.length !== length + macBytes || bytes[0] !== kindBytes[kind]) return null;
    if (bytes.toString('base64url') !== token) return null; // another spelling of the same bytes
    const body = bytes.subarray(0, length);
    if (!this.#readable.some((key) => timingSafeEqual(macOf(key, body), bytes.subarray(length)))) return null;
    const subject: Record<string, string | null> = {};
    let at = 1;
    for (const field of fields[kind]) {
      subject[field] = textOf(field, bytes.subarray(at, at + widthOf(field)));
      at += widthOf(field);
    }
    return subject as unknown as TokenSubjects[Kind];
  }
}

// A key object and not bytes: node prepares it once and not for each of a mail's tokens (6 µs instead of 32).
const keyFrom = (secret: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'halyard links v1', 32)));

const macOf = (key: KeyObject, body: Buffer): Buffer =>
  createHmac('sha256', key).update(body).digest().subarray(0, macBytes);

const widthOf = (field: string): number => (field === 'linkId' ? 12 : 16);

/** Tokens are made here, one after the other: three and more for each mail. */
const scratch = Buffer.alloc(1 + 3 * 16 + macBytes);

const writeField = (to: Buffer, at: number, field: string, value: string): number =>
  field === 'linkId' ? to.write(value, at, 'base64url') : to.write(value.replaceAll('-', ''), at, 'hex');

function textOf(field: string, bytes: Buffer): string | null {
  if (field === 'linkId') return bytes.toString('base64url');
  const id = bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return id === nobody ? null : id;
}
