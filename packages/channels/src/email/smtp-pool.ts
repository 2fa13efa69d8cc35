import type { SmtpSettings } from '@halyard/contracts/connections/provider-settings';
import type { OpenConnection } from '@halyard/core/delivery/provider';
import nodemailer from 'nodemailer';
import type { SMTPTransportGetSocket } from 'nodemailer/lib/smtp-transport';
import { openCheckedSocket } from './smtp-socket.js';
import { TrackedBytes } from './tracked-bytes.js';

export interface SmtpTimeouts {
  connectMs: number;
  /** Until the server has greeted. */
  greetingMs: number;
  /** Without a byte in either direction; RFC 5321 lets a server think for ten minutes, the caller's signal is shorter. */
  idleMs: number;
}

export type SmtpPool = ReturnType<typeof openSmtpPool>;

/** A pool of sockets to one server with one account. Retries stay with the caller: the pool itself never repeats a message. */
export function openSmtpPool(connection: OpenConnection, allowPrivate: boolean, timeouts: SmtpTimeouts) {
  const settings = connection.settings as SmtpSettings;
  const { password } = connection.secrets;
  const pool = nodemailer.createTransport({
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
  // The MIME tree would read its content ahead of the server's answer to DATA; ours is read by the socket alone.
  pool.use('stream', (mail, done) => {
    const { raw } = mail.data;
    if (raw instanceof TrackedBytes && mail.message) mail.message.createReadStream = () => raw as never;
    done();
  });
  pool.on('error', () => {}); // every failure also reaches the message that it concerns
  return pool;
}

const checkedSocket =
  ({ host, port }: SmtpSettings, { connectMs }: SmtpTimeouts): SMTPTransportGetSocket =>
  (_options, callback) => {
    openCheckedSocket(host, port, connectMs).then(
      (connection) => callback(null, { connection }),
      (error: Error) => callback(error),
    );
  };
