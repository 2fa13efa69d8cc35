import type { AccountMail, AccountMessage } from '@halyard/core/access/account-mail';
import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import { accountMailText } from './account-mail-text.js';

/** Sends account mails through the server's own SMTP account (HALYARD_SMTP_URL). */
export class SmtpAccountMail implements AccountMail {
  readonly delivers = true;
  readonly #transport;

  constructor(
    smtpUrl: string,
    private readonly from: string,
    private readonly log: Logger,
  ) {
    this.#transport = createTransport(smtpUrl);
  }

  /**
   * Does not wait for the mail server: how long it takes would tell whether there is somebody to write to. A mail that
   * fails is logged; whoever waits for it can ask for another.
   */
  async send(message: AccountMessage): Promise<void> {
    const { subject, text } = accountMailText(message);
    this.#transport
      .sendMail({ from: this.from, to: message.to, subject, text })
      .catch((error: unknown) => this.log.error({ err: error, kind: message.kind }, 'account mail failed'));
  }
}
