import type { Command } from 'commander';
import { keptMails } from '../home.js';

export function addMails(program: Command): void {
  program
    .command('mails')
    .description(
      'account mails that were kept because no mail server is set, newest last; hand their links over',
    )
    .action(() => {
      const mails = keptMails();
      for (const { at, to, subject, text } of mails) {
        console.log(`${at.slice(0, 16).replace('T', ' ')} UTC, to ${to}: ${subject}\n`);
        console.log(`${text.trimEnd().replace(/^/gm, '  ')}\n`);
      }
      if (mails.length === 0) console.log('No account mails were kept.');
    });
}
