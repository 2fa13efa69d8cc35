import type { MailKind } from '@halyard/channels/testing/bounce-mails';
import { bounceWith, returnedMail } from '@halyard/channels/testing/bounce-mails';
import type { MailServer } from '@halyard/channels/testing/smtp-vendor';
import { smtpAccount, startMailServer } from '@halyard/channels/testing/smtp-vendor';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

/** Mail goes out by SMTP; what comes back to the return path is posted to the hook, as a mail server pipes it. */

let server: TestServer;
let admin: TestCaller;
let mailServer: MailServer;
let connection: { id: string; webhook_url: string };
let recipients = 0;
let recipient: string;
beforeAll(async () => {
  server = await startTestServer({ loops: true });
  admin = await server.as('admin');
  mailServer = await startMailServer();
  const { status, body } = await admin('POST', '/connections', {
    name: 'Mail',
    provider: 'smtp',
    settings: {
      from_address: 'hello@sailing-school.example',
      host: '127.0.0.1',
      port: mailServer.port,
      security: 'none',
      username: smtpAccount.username,
    },
    secrets: { password: smtpAccount.password },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  connection = body;
});
beforeEach(() => {
  recipient = `anna${++recipients}@example.com`;
});
afterAll(async () => {
  await server.stop();
  await mailServer.close();
});

const statusOf = async (id: string) => (await admin('GET', `/messages/${id}`)).body.status;

async function sent(to: object = { to: { email: recipient } }): Promise<string> {
  const { status, body } = await admin('POST', '/messages/send', {
    channels: ['email'],
    class: 'transactional',
    content: { subject: 'Ahoi', body: 'See you tomorrow.' },
    ...to,
  });
  expect(status, JSON.stringify(body)).toBe(202);
  await vi.waitFor(async () => expect(await statusOf(body.id)).toBe('sent'), {
    timeout: 20_000,
    interval: 50,
  });
  return body.id;
}

const post = (mail: string, contentType = 'message/rfc822') =>
  server.anonymous('POST', new URL(connection.webhook_url).pathname, mail, { 'content-type': contentType });

async function comesBack(mail: string): Promise<void> {
  expect(await post(mail)).toMatchObject({ status: 200 });
}

const suppressed = async (): Promise<string[]> => {
  const { rows } = await server.db.owner.query(
    'select reason from suppressions where org_id = $1 and address = $2',
    [server.organization, recipient],
  );
  return rows.map((row) => row.reason);
};

const eventsOf = async (id: string): Promise<string[]> => {
  const { rows } = await server.db.owner.query(
    `select type from events where subject_id = $1 and type in ('message.bounced', 'message.complained')`,
    [id],
  );
  return rows.map((row) => row.type);
};

test('a bounce of the mail that arrived marks its message and suppresses the address, once', async () => {
  const id = await sent();
  const arrived = mailServer.mails.at(-1) ?? '';
  const messageId = /^Message-ID: <([^@]+)@/im.exec(arrived)?.[1] ?? '';
  for (let n = 0; n < 2; n++) await comesBack(returnedMail('postfix', messageId, recipient));
  expect(await statusOf(id)).toBe('bounced');
  expect(await suppressed()).toEqual(['hard_bounce']);
  expect(await eventsOf(id)).toEqual(['message.bounced']);
});

test('a bounce for somebody else, with an id that was never sent to them, has no effect', async () => {
  const id = await sent();
  await comesBack(returnedMail('postfix', id, 'ben@example.com'));
  await comesBack(returnedMail('gmail', '0198b2a0-0000-7000-8000-00000000000a', recipient));
  expect(await statusOf(id)).toBe('sent');
  const { body } = await admin('GET', '/suppressions?channel=email');
  expect(JSON.stringify(body)).not.toContain('ben@example.com');
  expect(await suppressed()).toEqual([]);
});

test.each<MailKind>(['complaint-yahoo', 'complaint-microsoft', 'complaint-redacted'])(
  '%s suppresses at once',
  async (kind) => {
    const id = await sent();
    await comesBack(returnedMail(kind, id, recipient));
    expect(await eventsOf(id)).toEqual(['message.complained']);
    expect(await suppressed()).toEqual(['complaint']);
  },
);

test('a mailbox that is full three times is given up', async () => {
  const { body: contact } = await admin('POST', '/contacts', {
    identities: [{ kind: 'email', address: recipient }],
  });
  for (let n = 0; n < 3; n++) {
    expect(await suppressed()).toEqual([]);
    const id = await sent({ contact_id: contact.id });
    await comesBack(bounceWith({ status: '4.2.2', reply: '452 4.2.2 Over quota' }, id, recipient));
  }
  expect(await suppressed()).toEqual(['soft_bounces']);
});

test('an out-of-office note and a mail that is only late change nothing', async () => {
  const id = await sent();
  await comesBack(returnedMail('out-of-office', id, recipient));
  const late = { action: 'delayed', status: '4.4.1', reply: '451 4.4.1 Still trying' };
  await comesBack(bounceWith(late, id, recipient));
  expect(await statusOf(id)).toBe('sent');
  expect(await suppressed()).toEqual([]);
});

describe('the body', () => {
  test('may have 5 MB', async () => {
    const id = await sent();
    const mail = returnedMail('postfix', id, recipient).replace('Moin Anna', 'Moin Anna\r\n'.repeat(450_000));
    await comesBack(mail);
    expect(await statusOf(id)).toBe('bounced');
  });

  test('is refused when it has more than 50', async () => {
    expect(await post('x'.repeat(52_428_801))).toMatchObject({
      status: 413,
      body: { code: 'payload_too_large' },
    });
  });

  test('is taken as a mail only, and garbage is no failure', async () => {
    for (const type of ['text/plain', 'application/json'])
      expect(await post('{}', type)).toMatchObject({
        status: 415,
        body: { code: 'unsupported_media_type' },
      });
    expect(await post('\0\r\n\r\nno mail')).toMatchObject({ status: 200, body: { received: 0 } });
  });

  test('is no mail anywhere else', async () => {
    const { status } = await admin('POST', '/products', 'Subject: x', { 'content-type': 'message/rfc822' });
    expect(status).toBe(415);
  });
});

test('a bounce that refuses the sender pauses the connection and says why', async () => {
  const id = await sent();
  const refused = {
    status: '5.7.1',
    reply: '554 5.7.1 Service unavailable; client host [192.0.2.10] blocked',
  };
  await comesBack(bounceWith(refused, id, recipient));
  expect((await admin('GET', `/connections/${connection.id}`)).body).toMatchObject({
    status: 'paused',
    breaker: { reason: expect.stringContaining('client host [192.0.2.10] blocked') },
  });
  expect(await suppressed()).toEqual([]);
});
