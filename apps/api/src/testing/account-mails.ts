import type { MailServer } from '@halyard/channels/testing/smtp-vendor';
import { smtpAccount, startMailServer } from '@halyard/channels/testing/smtp-vendor';
import { vi } from 'vitest';

/** A real mail server for account mails, and the tokens of the links that arrived in it. */
export interface AccountMails {
  /** For `startTestServer`. */
  settings: Record<string, string>;
  /** Waits for a mail to this address with this subject and returns the token of its link. */
  tokenFor(email: string, subject: string): Promise<string>;
  /** Subjects of all mails to this address so far. */
  subjectsFor(email: string): string[];
  /** All mails to this address so far, as they came. */
  textsFor(email: string): string[];
  close(): Promise<void>;
}

export async function startAccountMails(): Promise<AccountMails> {
  const server: MailServer = await startMailServer();
  const { username, password } = smtpAccount;
  const mailsTo = (email: string) =>
    server.mails.filter((mail) => mail.includes(`To: ${email}`)).map(decoded);
  return {
    settings: { HALYARD_SMTP_URL: `smtp://${username}:${password}@127.0.0.1:${server.port}` },
    tokenFor: (email, subject) =>
      vi.waitFor(
        () => {
          const mail = mailsTo(email).findLast((text) => text.includes(`Subject: ${subject}`));
          const token = /[?]token=(\S+)/.exec(mail ?? '')?.[1];
          if (!token) throw new Error(`No mail "${subject}" to ${email} yet.`);
          return token;
        },
        { timeout: 10_000, interval: 20 },
      ),
    subjectsFor: (email) => mailsTo(email).map((mail) => /^Subject: (.*)$/m.exec(mail)?.[1]?.trim() ?? ''),
    textsFor: mailsTo,
    close: () => server.close(),
  };
}

/** Takes quoted-printable line breaks and equal signs back. */
const decoded = (mail: string): string => mail.replaceAll('=\r\n', '').replaceAll('=3D', '=');
