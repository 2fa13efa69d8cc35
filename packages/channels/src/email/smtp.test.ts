import { generateKeyPairSync } from 'node:crypto';
import type { EmailPayload } from '@halyard/core/delivery/provider';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { FakeVendor, VendorMode } from '../testing/provider-conformance.js';
import { providerConformance } from '../testing/provider-conformance.js';
import { email, sendRequest } from '../testing/sample-requests.js';
import {
  hangUp,
  refusingAt,
  sayNothing,
  smtpAccount,
  smtpConnection,
  startMailServer,
  startScriptedServer,
} from '../testing/smtp-vendor.js';
import { SmtpProvider } from './smtp.js';

const options = { allowPrivate: true, timeouts: { connectMs: 2_000, greetingMs: 500, idleMs: 5_000 } };

async function start(mode: VendorMode): Promise<FakeVendor> {
  switch (mode) {
    case 'accepts':
      return startMailServer();
    case 'rejects':
      return refusingAt('RCPT TO', 550, `5.1.1 No such user. Your password is ${smtpAccount.password}`);
    case 'throttles':
      return refusingAt('RCPT TO', 451, `4.7.1 Greylisted, ${smtpAccount.password}`);
    case 'refuses_the_connection': {
      const server = await startMailServer();
      await server.close();
      return { ...server, close: async () => {} };
    }
    case 'drops_the_answer':
      return startScriptedServer({ finalDot: hangUp });
    case 'hangs':
      return startScriptedServer({ finalDot: sayNothing });
    case 'dribbles':
      return startScriptedServer({
        finalDot: (socket) => {
          const timer = setInterval(() => socket.write('250-still thinking\r\n'), 20);
          socket.on('close', () => clearInterval(timer));
        },
      });
    case 'talks_nonsense':
      return startScriptedServer({ finalDot: (socket) => void socket.write('HTTP/1.1 200 OK\r\n') });
  }
}

providerConformance({
  name: 'SMTP',
  open: () => new SmtpProvider(options),
  request: () => sendRequest(email),
  start,
  retryAfterMs: 300_000,
  secret: smtpAccount.password,
  cannot: {},
});

const provider = new SmtpProvider(options);
afterAll(() => provider.close());
const servers: FakeVendor[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
const opened = async <T extends FakeVendor>(server: Promise<T>): Promise<T> => {
  const started = await server;
  servers.push(started);
  return started;
};
const send = (vendor: FakeVendor, payload = email) =>
  provider.send(vendor.connection, sendRequest(payload), AbortSignal.timeout(8_000));

// More than the buffers of both sockets hold, so that the end is not handed over before the server hangs up.
const large = { ...(email as EmailPayload), html: `<p>${'Ahoi! '.repeat(3_000_000)}</p>` };

describe('until the final dot, a broken connection means that nothing was sent', () => {
  test.each([
    ['before the greeting', { greeting: hangUp }],
    ['a server that never greets', { greeting: sayNothing }],
    [
      'a greeting that is none',
      { greeting: (socket: { write(text: string): void }) => socket.write('SSH-2.0\r\n') },
    ],
    ['at MAIL FROM', { mail: hangUp }],
    ['at DATA', { data: hangUp }],
  ])('%s', async (_, script) => {
    const server = await opened(startScriptedServer(script));
    expect(await send(server)).toMatchObject({ kind: 'failed_before_send' });
    expect(server.count()).toBe(0);
  });

  test('in the middle of the body', async () => {
    const server = await opened(startScriptedServer({ body: hangUp }));
    expect(await send(server, large)).toMatchObject({ kind: 'failed_before_send' });
    expect(server.count()).toBe(0);
  });
});

describe('refusals', () => {
  test.each([
    ['RCPT TO', 550, '5.1.1 User unknown', { kind: 'rejected', code: '5.1.1', invalidAddress: true }],
    [
      'RCPT TO',
      550,
      'User unknown in virtual mailbox table',
      { kind: 'rejected', code: '550', invalidAddress: true },
    ],
    ['DATA', 550, '5.1.10 Recipient not found', { kind: 'rejected', code: '5.1.10', invalidAddress: true }],
    [
      'DATA',
      554,
      '5.7.1 Message rejected as spam',
      { kind: 'rejected', code: '5.7.1', pauseConnection: true },
    ],
    [
      'MAIL FROM',
      550,
      '5.1.8 Sender domain not found',
      { kind: 'rejected', code: '5.1.8', pauseConnection: true },
    ],
    ['MAIL FROM', 530, '5.7.0 Authenticate first', { kind: 'rejected', pauseConnection: true }],
    ['RCPT TO', 421, '4.3.2 Shutting down', { kind: 'throttled', retryAfterMs: 60_000 }],
    ['RCPT TO', 450, '4.2.1 Mailbox busy', { kind: 'throttled', retryAfterMs: 300_000 }],
    ['DATA', 452, '4.3.1 No space left', { kind: 'throttled', retryAfterMs: 60_000 }],
  ] as const)('%s answered %i %s', async (command, code, message, expected) => {
    const server = await opened(refusingAt(command, code, message));
    expect(await send(server)).toMatchObject(expected);
  });

  test('a full mailbox for good blames neither the address nor the connection', async () => {
    const outcome = await send(await opened(refusingAt('RCPT TO', 552, '5.2.2 Over quota')));
    expect(outcome).toEqual({ kind: 'rejected', code: '5.2.2', detail: expect.any(String) });
  });

  test('a wrong password pauses the connection', async () => {
    const server = await opened(startMailServer());
    const connection = smtpConnection(server.port, {}, { password: 'wrong' });
    const outcome = await provider.send(connection, sendRequest(email), AbortSignal.timeout(5_000));
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'auth', pauseConnection: true });
    expect(await provider.test(connection, AbortSignal.timeout(5_000))).toMatchObject({ ok: false });
  });

  test('an account with a password never sends without signing in', async () => {
    const server = await opened(startMailServer({ disabledCommands: ['AUTH', 'STARTTLS'] }));
    expect(await send(server)).not.toMatchObject({ kind: 'accepted' });
    expect(server.count()).toBe(0);
  });
});

describe('TLS', () => {
  test('where it is demanded, a server that does not offer it gets nothing', async () => {
    const server = await opened(startMailServer());
    for (const security of ['starttls', 'tls'] as const) {
      const connection = smtpConnection(server.port, { security });
      const outcome = await provider.send(connection, sendRequest(email), AbortSignal.timeout(5_000));
      expect(outcome).toMatchObject({ kind: 'failed_before_send' });
    }
    expect(server.count()).toBe(0);
  });

  test('a certificate that nobody vouches for is refused', async () => {
    const server = await opened(startMailServer({ disabledCommands: [] }));
    const connection = smtpConnection(server.port, { security: 'starttls' });
    const outcome = await provider.send(connection, sendRequest(email), AbortSignal.timeout(5_000));
    expect(outcome).toMatchObject({ kind: 'failed_before_send' });
    expect(server.count()).toBe(0);
  });
});

test('a private address is refused before a socket is opened', async () => {
  const careful = new SmtpProvider({ ...options, allowPrivate: false });
  const server = await opened(startMailServer());
  for (const host of ['127.0.0.1', 'localhost']) {
    const connection = smtpConnection(server.port, { host });
    const outcome = await careful.send(connection, sendRequest(email), AbortSignal.timeout(5_000));
    expect(outcome).toMatchObject({ kind: 'failed_before_send', code: 'eblocked' });
  }
  expect(server.count()).toBe(0);
  await careful.close();
});

describe('the mail', () => {
  test('carries its headers, both parts and a Message-ID that stays the same', async () => {
    const server = await opened(startMailServer());
    const request = sendRequest(email);
    for (let n = 0; n < 2; n++) await provider.send(server.connection, request, AbortSignal.timeout(5_000));
    const ids = server.mails.map((mail) => /^Message-ID: (.*)$/im.exec(mail)?.[1]);
    expect(ids).toEqual(Array(2).fill(`<${request.messageId}@sailing-school.example>`));
    expect(server.mails[0]).toMatch(/^List-Unsubscribe: <https:\/\/halyard\.example\/u\/token>/m);
    expect(server.mails[0]).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    expect(server.mails[0]).toMatch(/^Reply-To: office@sailing-school\.example/m);
    expect(server.mails[0]).toMatch(/text\/plain[\s\S]*text\/html/);
  });

  test('is signed with DKIM, over both headers of one-click unsubscribe', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const server = await opened(startMailServer());
    const connection = smtpConnection(
      server.port,
      { dkim: { domain: 'sailing-school.example', selector: 'h1' } },
      { dkim_private_key: privateKey },
    );
    expect(await provider.send(connection, sendRequest(email), AbortSignal.timeout(5_000))).toMatchObject({
      kind: 'accepted',
    });
    const signature = /DKIM-Signature:[\s\S]*?;\s*h=([^;]*);/
      .exec(server.mails[0] ?? '')?.[1]
      ?.replace(/\s/g, '');
    const signed = signature?.toLowerCase().split(':');
    expect(signed).toEqual(expect.arrayContaining(['from', 'list-unsubscribe', 'list-unsubscribe-post']));
  });

  test('never goes out unsigned because a key is broken', async () => {
    const server = await opened(startMailServer());
    const connection = smtpConnection(
      server.port,
      { dkim: { domain: 'sailing-school.example', selector: 'h1' } },
      { dkim_private_key: '-----BEGIN PRIVATE KEY-----\nbroken\n-----END PRIVATE KEY-----' },
    );
    const outcome = await provider.send(connection, sendRequest(email), AbortSignal.timeout(5_000));
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'dkim', pauseConnection: true });
    expect(await provider.test(connection, AbortSignal.timeout(5_000))).toMatchObject({ ok: false });
    expect(server.count()).toBe(0);
  });
});

test.each([
  ['anna+kurs@example.com', 'rfc822;anna+kurs@example.com'],
  ['änni@example.com', undefined],
])('a server that can is told how to bounce a mail to %s', async (address, orcpt) => {
  const asked: object[] = [];
  const server = await opened(
    startMailServer({
      hideDSN: false,
      onRcptTo: ({ address: to, dsn }, { envelope }, done) => {
        asked.push({ to, ...envelope.dsn, ...dsn });
        done();
      },
    }),
  );
  const request = sendRequest({ ...(email as EmailPayload), to: { address } });
  expect(await provider.send(server.connection, request, AbortSignal.timeout(5_000))).toMatchObject({
    kind: 'accepted',
  });
  expect(asked).toEqual([
    { to: address, ret: 'HDRS', envid: request.messageId, notify: ['FAILURE'], ...(orcpt && { orcpt }) },
  ]);
});

test('sockets are used again', async () => {
  let sockets = 0;
  const server = await opened(
    startMailServer({
      onConnect: (_session, done) => {
        sockets++;
        done();
      },
    }),
  );
  for (let n = 0; n < 5; n++) expect(await send(server)).toMatchObject({ kind: 'accepted' });
  expect(sockets).toBe(1);
});
