import type { SmtpSettings } from '@halyard/contracts/connections/provider-settings';
import type { OpenConnection } from '@halyard/core/delivery/provider';
import type MimeNode from 'nodemailer/lib/mime-node';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import SMTPPool from 'nodemailer/lib/smtp-pool';
import { openCheckedSocket } from './smtp-socket.js';
import type { TrackedBytes } from './tracked-bytes.js';

export interface SmtpTimeouts {
  connectMs: number;
  /** Until the server has greeted. */
  greetingMs: number;
  /** Without a byte in either direction; RFC 5321 lets a server think for ten minutes, the caller's signal is shorter. */
  idleMs: number;
}

/** A pool of sockets to one server with one account. Retries stay with the caller: the pool itself never repeats a message. */
export function openSmtpPool(
  connection: OpenConnection,
  allowPrivate: boolean,
  timeouts: SmtpTimeouts,
): SMTPPool {
  const settings = connection.settings as SmtpSettings;
  const { password } = connection.secrets;
  const pool = new SMTPPool({
    pool: true,
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    ...(settings.username
      ? { auth: { user: settings.username, pass: password ?? '' }, forceAuth: true }
      : {}),
    maxConnections: settings.pool_size,
    maxMessages: Number.POSITIVE_INFINITY,
    maxRequeues: 0,
    connectionTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.idleMs,
    ...(allowPrivate ? {} : { getSocket: checkedSocket(settings, timeouts) }),
  });
  pool.on('error', () => {}); // every failure also reaches the message that it concerns
  return pool;
}

/** What a pool asks of a mail. nodemailer's own composes it, which is more work than sending it. */
export interface ComposedMail {
  envelope: MimeNode.Envelope;
  dsn: SMTPConnection.DSNOptions;
  bytes: TrackedBytes;
}

/** Resolves when the server has taken the mail. */
export function sendBy(
  pool: SMTPPool,
  { envelope, dsn, bytes }: ComposedMail,
  signal: AbortSignal,
): Promise<void> {
  const message = {
    getEnvelope: () => envelope,
    createReadStream: () => bytes,
    // For nodemailer's own log, which nobody reads.
    messageId: () => '',
    getHeader: () => '',
  };
  return new Promise((resolve, reject) => {
    const mail = { data: { dsn, signal }, message } as unknown as Parameters<SMTPPool['send']>[0];
    pool.send(mail, (error) => (error ? reject(error) : resolve()));
  });
}

const checkedSocket =
  ({ host, port }: SmtpSettings, { connectMs }: SmtpTimeouts): SMTPPool['getSocket'] =>
  (_options, callback) => {
    openCheckedSocket(host, port, connectMs).then(
      (connection) => callback(null, { connection }),
      (error: Error) => callback(error),
    );
  };
