import { readFileSync } from 'node:fs';

/** Mails as servers really write them, about a message that this is the id of, to this recipient. */
export type MailKind =
  | 'postfix'
  | 'postfix-german'
  | 'exim'
  | 'office365'
  | 'gmail'
  | 'complaint-yahoo'
  | 'complaint-microsoft'
  | 'complaint-redacted'
  | 'out-of-office'
  | 'read-receipt';

export const returnedMail = (kind: MailKind, messageId: string, recipient: string): string =>
  readFileSync(new URL(`./mails/${kind}.eml`, import.meta.url), 'utf8')
    .replaceAll('{{message_id}}', messageId)
    .replaceAll('{{recipient}}', recipient)
    .replace(/\r?\n/g, '\r\n');

/** A bounce of Postfix with another status and reply. */
export const bounceWith = (
  { action = 'failed', status, reply }: { action?: string; status: string; reply: string },
  messageId: string,
  recipient: string,
): string =>
  returnedMail('postfix', messageId, recipient)
    .replace('Action: failed', `Action: ${action}`)
    .replace('Status: 5.1.1', `Status: ${status}`)
    .replace(/Diagnostic-Code: .*\r\n {4}.*/, `Diagnostic-Code: smtp; ${reply}`);
