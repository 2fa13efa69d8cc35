import type { AccountMessage } from '@halyard/core/access/account-mail';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { accountMailText } from './account-mail-text.js';
import { LoggedAccountMail } from './smtp-account-mail.js';

const link = 'https://halyard.example/auth/links/password?token=secret';
const messages: AccountMessage[] = [
  { kind: 'password_reset', to: 'anna@example.com', name: 'Anna', link },
  { kind: 'email_verification', to: 'anna@example.com', name: 'Anna', link },
  {
    kind: 'invitation',
    to: 'anna@example.com',
    organization: 'Haff',
    inviter: 'Bert',
    role: 'editor',
    link,
  },
];

test.each(messages)('the mail about $kind carries its link on a line of its own', (message) => {
  const { subject, text } = accountMailText(message);
  expect(subject).not.toBe('');
  expect(text.split('\n')).toContain(link);
});

test('without a mail server the link is in the log, once, with what to do', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line) => lines.push(line) });
  for (const message of messages) await new LoggedAccountMail(log).send(message);
  await new LoggedAccountMail(log).send({ kind: 'already_registered', to: 'anna@example.com', name: 'Anna' });
  expect(lines).toHaveLength(4);
  expect(
    lines.slice(0, 3).every((line) => line.includes(`give this link to anna@example.com: ${link}`)),
  ).toBe(true);
});
