import { expect, test } from 'vitest';
import { createLog } from './log.js';

const secret = 'hal_do-not-tell';

function linesOf(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('trace', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

test.each([
  { authorization: secret },
  { headers: { cookie: secret, 'x-api-key': secret, 'set-cookie': [secret] } },
  { body: { password: secret, user: { newPassword: secret } } },
  { connection: { settings: { secrets: { api_key: secret } } } },
  { answer: { token: secret, access_token: secret, refresh_token: secret } },
  { HALYARD_SECRET: secret, settings: { DATABASE_URL: secret } },
])('a secret is never logged: %j', (entry) => {
  const written = linesOf((log) => log.info(entry, 'something happened'));
  expect(written).toContain('something happened');
  expect(written).not.toContain(secret);
});

test('an error is logged without the addresses that servers quote', () => {
  const error = new Error('550 <anna+1@mail.example> unknown, try +49 171 3920012 or +491713920012 instead');
  const written = JSON.parse(linesOf((log) => log.warn({ err: error }, 'refused')));
  expect(written.err.message).toBe('550 <[address]> unknown, try [number] or [number] instead');
  expect(written.err.stack).not.toMatch(/anna|171/);
});

const told = (message: string): string =>
  JSON.parse(linesOf((log) => log.warn({ err: new Error(message) }, 'refused'))).err.message;

test.each([
  '+491713920012',
  '+49 171 3920012',
  '+49 (0)171 392-00 12',
  '+49.171.392.0012',
  '0171 3920012',
  '0171/39 20 012',
  '(0171) 39.20.012',
  '0049 171 3920012',
  '030\u00a0901820',
  '491713920012',
  '+1 (555) 123-4567',
  '(555) 123-4567',
  '555.123.4567',
])('however a number is written, it is not logged: %s', (number) => {
  expect(told(`${number} is not reachable`)).toBe('[number] is not reachable');
  expect(told(`no answer from ${number}, given up`)).toBe('no answer from [number], given up');
});

test.each([
  'connect ECONNREFUSED 127.0.0.1:5432',
  'connect ECONNREFUSED 10.20.30.40:65432',
  'no row 0199c0a8-7e1f-7000-8000-0000000000b1',
  'no row 01990000-1234-7123-8123-123456789012',
  'at 2026-05-01T07:00:00.000Z and 2026-05-01 07:00:00',
  '421 4.7.0 try again in 3600 seconds',
  'statement timeout after 15000 ms, code 57P01, request 20260501',
])('what tells where the fault is stays: %s', (message) => expect(told(message)).toBe(message));

test('numbers are found in no time, however long what is quoted', () => {
  expect(told('0-'.repeat(500_000))).toHaveLength(10_000);
});

test('addresses of any alphabet are hidden, also where much is quoted', () => {
  const error = new Error(`550 <jürgen@bücher.example> unknown: ${'a'.repeat(1_000_000)}`);
  const written = JSON.parse(linesOf((log) => log.warn({ err: error }, 'refused')));
  expect(written.err.message).toMatch(/^550 <\[address\]> unknown: a+$/);
  expect(written.err.message.length).toBeLessThan(20_000);
});

test('an error is logged without what hangs on it, and without passwords in addresses', () => {
  const error = Object.assign(new Error(`connect postgres://halyard:${secret}@db:5432/halyard`), {
    code: 'ECONNREFUSED',
    config: { headers: { Authorization: secret } },
    cause: new Error('DNS'),
  });
  const written = linesOf((log) => log.error({ err: error }, 'no database'));
  expect(written).not.toContain(secret);
  expect(JSON.parse(written)).toMatchObject({
    level: 'error',
    err: { code: 'ECONNREFUSED', message: expect.stringContaining('db:5432'), cause: { message: 'DNS' } },
  });
});
