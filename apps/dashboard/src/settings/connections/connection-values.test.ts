import { expect, test } from 'vitest';
import type { Connection } from '../../data/queries';
import { inputOf, patchOf, valuesOf } from './connection-values';

const smtp = {
  provider: 'smtp',
  name: 'Mail',
  rate_per_second: null,
  price: null,
  settings: {
    host: 'mail.example',
    port: 465,
    security: 'tls',
    from_address: 'hello@school.example',
    dkim: { domain: 'school.example', selector: 'h1' },
  },
} as unknown as Connection;
const none = new Set<string>();

test('a new connection holds what was typed, and leaves the rest to the API', () => {
  const values = {
    ...valuesOf('smtp'),
    name: 'Mail',
    'settings.host': ' mail.example ',
    'settings.port': '2525',
    'settings.from_address': 'hello@school.example',
    'secrets.password': 'secret',
    'price.amount': '0.07',
    'price.currency': 'EUR',
  };
  expect(inputOf('smtp', values)).toEqual({
    provider: 'smtp',
    name: 'Mail',
    rate_per_second: null,
    price: { amount: 0.07, currency: 'EUR', per: 'message' },
    settings: {
      host: 'mail.example',
      port: 2525,
      security: 'starttls',
      from_address: 'hello@school.example',
    },
    secrets: { password: 'secret' },
  });
});

test('a change names what was changed, and nothing else', () => {
  const before = valuesOf('smtp', smtp);
  expect(patchOf(smtp, before, before, none)).toEqual({ name: 'Mail', rate_per_second: null, price: null });
  expect(patchOf(smtp, before, { ...before, 'settings.host': 'other.example' }, none)).toMatchObject({
    settings: { host: 'other.example' },
  });
});

test('what was emptied goes back to its standard value, and a secret goes only when asked to', () => {
  const before = valuesOf('smtp', smtp);
  expect(patchOf(smtp, before, { ...before, 'settings.port': '' }, none)).toMatchObject({
    settings: { port: null },
  });
  expect(patchOf(smtp, before, before, new Set(['secrets.password']))).toMatchObject({
    secrets: { password: null },
  });
});

test('of a setting with parts all are given, or none', () => {
  const before = valuesOf('smtp', smtp);
  const renamed = { ...before, 'settings.dkim.selector': 'h2' };
  expect(patchOf(smtp, before, renamed, none)).toMatchObject({
    settings: { dkim: { domain: 'school.example', selector: 'h2' } },
  });
  const emptied = { ...before, 'settings.dkim.selector': '', 'settings.dkim.domain': '' };
  expect(patchOf(smtp, before, emptied, none)).toMatchObject({ settings: { dkim: null } });
});

test('a box that is ticked is true, and one that is not goes back to what the API takes', () => {
  const telegram = {
    ...smtp,
    provider: 'telegram_bot',
    settings: { receive: false },
  } as unknown as Connection;
  const before = valuesOf('telegram_bot', telegram);
  const ticked = { ...before, 'settings.receive': 'true' };
  expect(inputOf('telegram_bot', ticked).settings).toEqual({ receive: true });
  expect(patchOf(telegram, before, before, none)).not.toHaveProperty('settings');
  expect(patchOf(telegram, ticked, before, none)).toMatchObject({ settings: { receive: null } });
});
