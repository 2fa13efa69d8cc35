import type { Channel } from '@halyard/contracts/primitives';
import type { AttemptId, ConnectionId, MessageId, OrgId } from '../ids.js';

/** What is handed to a provider: rendered, addressed, complete. Stored as it is, so that a retry sends the same bytes. */
export type Payload = EmailPayload | SmsPayload | WhatsAppPayload | ChatPayload;

export interface EmailPayload {
  channel: 'email';
  from: { name?: string; address: string };
  replyTo?: string;
  to: { name?: string; address: string };
  subject: string;
  html: string;
  text: string;
  /** Such as List-Unsubscribe; names in their usual case. */
  headers: Record<string, string>;
}

export interface SmsPayload {
  channel: 'sms';
  from: string;
  to: string;
  text: string;
}

/** An approved template with its parameters, or free text inside the 24-hour window. */
export interface WhatsAppPayload {
  channel: 'whatsapp';
  from: string;
  to: string;
  template?: { name: string; language: string; body: string[]; header?: string; buttons?: string[] };
  text?: string;
}

export interface ChatPayload {
  channel: Exclude<Channel, 'email' | 'sms' | 'whatsapp'>;
  from: string;
  to: string;
  text: string;
}

/** A connection with its secrets opened: lives in memory only, never logged. */
export interface OpenConnection {
  id: ConnectionId;
  orgId: OrgId;
  name: string;
  provider: string;
  channels: Channel[];
  settings: Record<string, unknown>;
  secrets: Record<string, string>;
  /** Where the provider is to report to, for those that take this per message; only when this server has a public address. */
  reportUrl?: string;
}

export interface SendRequest {
  attemptId: AttemptId;
  messageId: MessageId;
  orgId: OrgId;
  /** The same for every try of the same bytes: providers with idempotency get it as their key. */
  idempotencyKey: string;
  payload: Payload;
}

/**
 * What became of a call.
 * - accepted: the provider has it.  - rejected: it never will be; do not repeat. `invalidAddress`: suppress it.
 *   `pauseConnection`: the account itself is refused (bad key, blocked sender), so other messages would be as well.
 * - throttled: not taken, try again after `retryAfter`.  - failed_before_send: no byte of the message left; safe to repeat.
 * - handed_over: somebody else has taken it on to send it, and reports what became of it until `reportBy`.
 * - unknown: nobody can tell; see `Provider.onUnknown`.
 */
export type SendOutcome =
  | { kind: 'accepted'; providerMessageId?: string }
  | { kind: 'rejected'; code: string; detail: string; invalidAddress?: boolean; pauseConnection?: boolean }
  | { kind: 'throttled'; retryAfterMs: number; detail: string }
  | { kind: 'failed_before_send'; code: string; detail: string }
  | { kind: 'handed_over'; reportBy: Date }
  | { kind: 'unknown'; code: string; detail: string };

/** What a provider reports back later. `key` is unique per connection. */
export interface ProviderReport {
  key: string;
  type:
    | 'delivered'
    | 'bounced'
    | 'soft_bounced'
    | 'complained'
    | 'failed'
    | 'opened'
    | 'clicked'
    | 'unsubscribed'
    | 'inbound';
  occurredAt: Date;
  providerMessageId?: string;
  /** Our own id, when the provider carried it for us. */
  messageId?: MessageId;
  attemptId?: AttemptId;
  channel: Channel;
  address?: string;
  /** For inbound: what the person wrote. */
  text?: string;
  /** For inbound: what stood in the link by which the person began the chat. */
  startedWith?: string;
  detail?: string;
  /** For bounced: what was refused. Left out, it is the address; `message`: this one only; `sender`: us. */
  refused?: 'address' | 'message' | 'sender';
  /**
   * Nobody vouches for it, as for a mail that anyone may have written: it counts only for a message that this connection
   * sent, and only when that went to `address` (where it names one).
   */
  unproven?: boolean;
  /** A person said so, in the sandbox: however soon after sending it comes, no scanner did it. */
  byHand?: boolean;
  raw: unknown;
}

export interface InboundRequest {
  headers: Record<string, string | string[] | undefined>;
  /** The bytes as they came: signatures are over these. */
  rawBody: Buffer;
  query: Record<string, string>;
  now: Date;
}

/** The provider of this name; undefined when this version of Halyard does not have it. */
export type FindProvider = (name: string) => Provider | undefined;

/**
 * One provider: a file in packages/channels. Outcomes are values; a throw is a bug.
 */
export interface Provider {
  readonly name: string;
  readonly channels: readonly Channel[];
  /**
   * `retry_same_key`: the provider keeps idempotency keys for `keyWindowMs`, an unknown attempt is repeated with the
   * same key and bytes within half of it. `await_report`: a later report resolves it. `ask_person`: neither.
   */
  readonly onUnknown:
    | { kind: 'retry_same_key'; keyWindowMs: number }
    | { kind: 'await_report' }
    | { kind: 'ask_person' };
  send(connection: OpenConnection, request: SendRequest, signal: AbortSignal): Promise<SendOutcome>;
  /** Checks credentials without sending anything to a contact. */
  test(
    connection: OpenConnection,
    signal: AbortSignal,
  ): Promise<{ ok: true } | { ok: false; reason: string }>;
  /** Verifies the vendor's own scheme and parses; `null` when the signature is wrong. */
  receive?(connection: OpenConnection, request: InboundRequest): Promise<ProviderReport[] | null>;
  /** Lets go of pooled sockets. */
  close?(): Promise<void>;
}
