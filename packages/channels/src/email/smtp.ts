import { hash } from 'node:crypto';
import type { SmtpSettings } from '@halyard/contracts/connections/provider-settings';
import type {
  InboundRequest,
  OpenConnection,
  Provider,
  ProviderReport,
  SendOutcome,
  SendRequest,
} from '@halyard/core/delivery/provider';
import { DomainError } from '@halyard/core/domain-error';
import type { ConnectionId, MessageId } from '@halyard/core/ids';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { withoutSecrets } from '../without-secrets.js';
import { reportsInMail } from './bounce-mail.js';
import { composeMail, dkimProblem, envelopeOf, messageIdHeader } from './smtp-message.js';
import type { SmtpError } from './smtp-outcome.js';
import { smtpOutcome } from './smtp-outcome.js';
import type { SmtpTimeouts } from './smtp-pool.js';
import { openSmtpPool, sendBy } from './smtp-pool.js';
import { TrackedBytes } from './tracked-bytes.js';

export interface SmtpOptions {
  /** Development only: lets mail servers be on this machine or in a private network. */
  allowPrivate: boolean;
  timeouts?: Partial<SmtpTimeouts>;
}

const defaultTimeouts: SmtpTimeouts = { connectMs: 10_000, greetingMs: 15_000, idleMs: 120_000 };

/**
 * Mail by SMTP. Sockets are pooled per connection. SMTP has no idempotency key: when the answer to the final dot is lost,
 * nobody can know (RFC 1047), so a person decides.
 */
export class SmtpProvider implements Provider {
  readonly name = 'smtp';
  readonly channels = ['email'] as const;
  readonly onUnknown = { kind: 'ask_person' } as const;
  readonly #accounts = new Map<ConnectionId, Account>();
  readonly #timeouts: SmtpTimeouts;

  constructor(private readonly options: SmtpOptions) {
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
  }

  async send(
    connection: OpenConnection,
    { payload, messageId }: SendRequest,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    if (payload.channel !== 'email') throw new Error(`SMTP sends email, not ${payload.channel}.`);
    const { pool, problem } = this.#accountOf(connection);
    if (problem) return { kind: 'rejected', code: 'dkim', detail: problem, pauseConnection: true };
    const { return_path } = connection.settings as SmtpSettings;
    const bytes = new TrackedBytes(() => composeMail(connection, messageId, payload));
    try {
      const envelope = envelopeOf(return_path ?? payload.from.address, payload.to.address);
      await sendBy(pool, { envelope, dsn: noticesFor(messageId, payload.to.address), bytes }, signal);
      return {
        kind: 'accepted',
        providerMessageId: messageIdHeader(messageId, payload.from.address).slice(1, -1),
      };
    } catch (error) {
      const outcome = smtpOutcome(error as SmtpError, bytes.phase);
      return 'detail' in outcome
        ? { ...outcome, detail: withoutSecrets(outcome.detail, connection.secrets) }
        : outcome;
    }
  }

  /** Connects, upgrades to TLS and authenticates. */
  async test(
    connection: OpenConnection,
    signal: AbortSignal,
  ): Promise<{ ok: true } | { ok: false; reason: string }> {
    const problem = dkimProblem(connection);
    if (problem) return { ok: false, reason: problem };
    const pool = openSmtpPool(connection, this.options.allowPrivate, this.#timeouts);
    const stop = () => pool.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await pool.verify();
      return { ok: true };
    } catch (error) {
      return { ok: false, reason: withoutSecrets((error as Error).message, connection.secrets) };
    } finally {
      signal.removeEventListener('abort', stop);
      pool.close();
    }
  }

  /** A mail to the return path, as the mail server hands it over. The token in the address is all the proof there is. */
  async receive(_connection: OpenConnection, request: InboundRequest): Promise<ProviderReport[]> {
    const type = request.headers['content-type'];
    if (!String(type).toLowerCase().startsWith('message/rfc822'))
      throw new DomainError('unsupported_media_type', 'Send the mail as it came, as message/rfc822.');
    return reportsInMail(request);
  }

  async close(): Promise<void> {
    for (const { pool } of this.#accounts.values()) pool.close();
    this.#accounts.clear();
  }

  /** The account of these settings; the pool of one that was opened with older ones ends after what it is sending. */
  #accountOf(connection: OpenConnection): Account {
    const known = this.#accounts.get(connection.id);
    const fingerprint = hash('sha256', JSON.stringify([connection.settings, connection.secrets]), 'base64');
    if (known?.fingerprint === fingerprint) return known;
    known?.pool.close();
    const pool = openSmtpPool(connection, this.options.allowPrivate, this.#timeouts);
    const account = { fingerprint, pool, problem: dkimProblem(connection) };
    this.#accounts.set(connection.id, account);
    return account;
  }
}

interface Account {
  /** Of settings and secrets. */
  fingerprint: string;
  pool: SMTPPool;
  /** Why its mails could not be signed. */
  problem: string | null;
}

/**
 * How a server that can (RFC 3461) is to bounce: with our id, the address that we wrote to, which a forwarding server
 * would lose, and only the headers of the mail; nothing about delays.
 */
const noticesFor = (messageId: MessageId, recipient: string) => ({
  id: messageId,
  return: 'headers' as const,
  notify: ['failure' as const],
  // Another type of address would have to be named for more than ASCII, which few servers know (RFC 6533).
  ...(/^[\x21-\x7e]+$/.test(recipient) ? { recipient } : {}),
});
