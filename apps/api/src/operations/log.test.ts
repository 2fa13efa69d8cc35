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
