import { createPrivateKey } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { SmtpSettings } from '@halyard/contracts/connections/provider-settings';
import type { EmailPayload, OpenConnection } from '@halyard/core/delivery/provider';
import type { MessageId } from '@halyard/core/ids';
import DKIM from 'nodemailer/lib/dkim';
import MimeNode from 'nodemailer/lib/mime-node';
import { quotedPrintable } from './quoted-printable.js';

/** Both headers of one-click unsubscribe must be covered (RFC 8058, section 4); nodemailer leaves out the second. */
const signedHeaders =
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:In-Reply-To:References:List-Id:List-Unsubscribe:List-Unsubscribe-Post:Feedback-ID';

/** The same for every try of a message, so that a person or a mail server can recognise a repetition. */
export const messageIdHeader = (messageId: MessageId, fromAddress: string): string =>
  `<${messageId}@${fromAddress.split('@')[1] ?? 'localhost'}>`;

/** Makes the bytes of a mail, signed when the connection has a DKIM key. */
export async function composeMail(
  connection: OpenConnection,
  messageId: MessageId,
  payload: EmailPayload,
): Promise<Buffer> {
  const boundary = `=_${messageId}`; // quoted-printable and base64 never have `=_`
  const bytes = Buffer.concat([
    Buffer.from(`${headersOf(messageId, payload, boundary)}\r\n\r\n`),
    ...part(boundary, 'text/plain', payload.text),
    ...part(boundary, 'text/html', payload.html),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  const { dkim } = connection.settings as SmtpSettings;
  const { dkim_private_key: privateKey } = connection.secrets;
  if (!dkim || !privateKey) return bytes;
  const signer = new DKIM({
    domainName: dkim.domain,
    keySelector: dkim.selector,
    privateKey,
    headerFieldNames: signedHeaders,
  });
  return buffer(signer.sign(bytes));
}

/** Who it is from and to, on the envelope: names of domains as DNS has them. */
export const envelopeOf = (from: string, to: string): MimeNode.Envelope =>
  new MimeNode().setEnvelope({ from, to: [to] }).getEnvelope();

/** nodemailer encodes and folds headers; its streams for what stands under them would cost more than all the rest. */
function headersOf(messageId: MessageId, payload: EmailPayload, boundary: string): string {
  const node = new MimeNode(`multipart/alternative; boundary="${boundary}"`, { baseBoundary: messageId });
  node.addHeader(payload.headers);
  node.setHeader('From', party(payload.from));
  node.setHeader('To', party(payload.to));
  if (payload.replyTo) node.setHeader('Reply-To', payload.replyTo);
  node.setHeader('Subject', payload.subject);
  node.setHeader('Message-ID', messageIdHeader(messageId, payload.from.address));
  return node.buildHeaders();
}

/** Texts of few letters beyond ASCII can still be read when they are quoted; others are shorter as base64. */
function part(boundary: string, type: string, text: string): Buffer[] {
  const isQuoted = Buffer.byteLength(text) < text.length * 1.3;
  const encoding = isQuoted ? 'quoted-printable' : 'base64';
  const head = `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
  return [Buffer.from(head), isQuoted ? quotedPrintable(text) : base64(text), lineBreak];
}

const lineBreak = Buffer.from('\r\n');

const base64 = (text: string): Buffer =>
  Buffer.from(
    Buffer.from(text.replace(/\r\n?|\n/g, '\r\n'))
      .toString('base64')
      .replace(/.{76}(?!$)/g, '$&\r\n'),
  );

/** Why the DKIM settings cannot be used; null when they can. nodemailer would send unsigned without a word. */
export function dkimProblem(connection: OpenConnection): string | null {
  const { dkim } = connection.settings as SmtpSettings;
  const { dkim_private_key: key } = connection.secrets;
  if (!dkim && !key) return null;
  if (!dkim) return 'A DKIM key is set, but not its domain and selector. Set dkim in the settings.';
  if (!key) return 'DKIM has a domain and selector, but no key. Set the secret dkim_private_key.';
  try {
    const { asymmetricKeyType } = createPrivateKey(key);
    return asymmetricKeyType === 'rsa' ? null : `The DKIM key is ${asymmetricKeyType}; use an RSA key.`;
  } catch {
    return 'The DKIM key cannot be read. Set the private key in PEM, without a passphrase.';
  }
}

const party = ({ name, address }: { name?: string; address: string }) => ({ name: name ?? '', address });
