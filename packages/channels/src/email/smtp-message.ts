import { createPrivateKey } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { SmtpSettings } from '@halyard/contracts/connections/provider-settings';
import type { EmailPayload, OpenConnection } from '@halyard/core/delivery/provider';
import type { MessageId } from '@halyard/core/ids';
import DKIM from 'nodemailer/lib/dkim';
import MailComposer from 'nodemailer/lib/mail-composer';

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
  const bytes = await new MailComposer({
    from: party(payload.from),
    to: party(payload.to),
    ...(payload.replyTo ? { replyTo: payload.replyTo } : {}),
    subject: payload.subject,
    text: payload.text,
    html: payload.html,
    headers: payload.headers,
    messageId: messageIdHeader(messageId, payload.from.address),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
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
