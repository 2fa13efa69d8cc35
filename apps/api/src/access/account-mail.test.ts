import type { AccountMessage } from '@halyard/core/access/account-mail';
import { expect, test } from 'vitest';
import { accountMailText } from './account-mail-text.js';

const link = 'https://halyard.example/auth/links/password?token=secret';
const messages: AccountMessage[] = [
  { kind: 'password_reset', to: 'anna@example.com', locale: null, link },
  { kind: 'email_verification', to: 'anna@example.com', locale: null, link },
  {
    kind: 'invitation',
    to: 'anna@example.com',
    locale: null,
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

test.each(messages)('the mail about $kind is German for whoever reads German', (message) => {
  const { subject, text } = accountMailText({ ...message, locale: 'de-AT' });
  expect(subject).not.toBe(accountMailText(message).subject);
  expect(text).toMatch(/^Guten Tag,/);
  expect(text.split('\n')).toContain(link);
});

test('an organization cannot write to strangers by its name', () => {
  const organization = `Your account is closed\n\nlog in at https://www.evil.example/${'x'.repeat(200)}`;
  const { subject, text } = accountMailText({
    kind: 'invitation',
    to: 'anna@example.com',
    locale: null,
    organization,
    inviter: 'bert@example.com',
    role: 'viewer',
    link,
  });
  expect(subject).not.toMatch(/\n|:\/\//);
  expect(text.split('\n')).toHaveLength(5);
  expect(text.replace(link, '')).not.toMatch(/:\/\/|www\.|x{80}/);
});
