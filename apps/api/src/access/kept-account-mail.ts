import { readFile, rename, writeFile } from 'node:fs/promises';
import type { AccountMail, AccountMessage } from '@halyard/core/access/account-mail';
import type { Logger } from 'pino';
import { accountMailText } from './account-mail-text.js';

/** Their links are valid for a day at most: who hands them over wants the newest. */
const kept = 20;

/**
 * Without a mail server the newest account mails are kept in a file that is for its owner only, for the operator to hand
 * over: `halyard mails` shows them. A link in it lets its reader into an account, so none is ever told in the log.
 */
export class KeptAccountMail implements AccountMail {
  readonly delivers = false;
  #written: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: string | undefined,
    private readonly log: Logger,
  ) {}

  /** As with a mail server nobody waits for it: how long it takes would tell whether there is somebody to write to. */
  async send(message: AccountMessage): Promise<void> {
    const { file } = this;
    const { kind } = message;
    if (!file) {
      this.log.warn({ kind }, 'an account mail was not sent: set HALYARD_SMTP_URL, or HALYARD_MAIL_FILE');
      return;
    }
    this.#written = this.#written
      .then(() => keep(file, message))
      .then(
        () =>
          this.log.info(
            { kind },
            'no mail server is set, so an account mail was kept; read it with: halyard mails',
          ),
        (error: unknown) => this.log.error({ err: error, kind }, 'account mail failed'),
      );
  }
}

/** Whole or not at all, and never readable by others, not even for a moment. */
async function keep(file: string, message: AccountMessage): Promise<void> {
  const { subject, text } = accountMailText(message);
  const earlier = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  const line = JSON.stringify({ at: new Date().toISOString(), to: message.to, subject, text });
  const unfinished = `${file}.unfinished`;
  await writeFile(unfinished, `${[...earlier, line].slice(-kept).join('\n')}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
