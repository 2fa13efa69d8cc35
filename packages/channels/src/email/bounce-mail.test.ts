import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bounceWith, returnedMail } from '../testing/bounce-mails.js';
import { reportsInMail } from './bounce-mail.js';

const now = new Date('2026-06-01T12:00:00Z');
const id = '0198b2a0-0000-7000-8000-00000000000a';
const anna = 'anna@example.com';
const read = (mail: string | Buffer) => reportsInMail({ rawBody: Buffer.from(mail), now });

describe('an address that does not exist', () => {
  test.each([
    ['postfix', '5.1.1: smtp; 550 5.1.1 <anna@example.com>: Recipient address rejected: User unknown'],
    ['postfix-german', '5.1.1: X-Postfix; unbekannter Benutzer: "anna"'],
    ['exim', '5.0.0: smtp; 550 No such user here'],
    ['office365', '5.1.10: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound'],
    ['gmail', '5.1.1: smtp; 550-5.1.1 The email account that you tried to reach does not exist.'],
  ] as const)('as %s says it', async (kind, detail) => {
    expect(await read(returnedMail(kind, id, anna))).toEqual([
      expect.objectContaining({
        type: 'bounced',
        refused: 'address',
        messageId: id,
        address: anna,
        channel: 'email',
        unproven: true,
        detail: expect.stringContaining(detail),
      }),
    ]);
  });
});

describe('what a status means', () => {
  test.each([
    ['5.1.2', '550 5.1.2 Domain not found', { type: 'bounced', refused: 'address' }],
    ['5.0.0', '550 5.1.1 Who?', { type: 'bounced', refused: 'address' }],
    ['5.0.0', '550 Go away', { type: 'bounced', refused: 'message' }],
    ['5.0.0', '451 4.7.1 Greylisted for five days', { type: 'soft_bounced' }],
    ['5.2.2', '552 5.2.2 Over quota', { type: 'bounced', refused: 'message' }],
    ['5.3.4', '552 5.3.4 Too large', { type: 'bounced', refused: 'message' }],
    ['5.1.90', '550 5.1.90 Daily limit of recipients', { type: 'bounced', refused: 'message' }],
    ['5.7.1', '554 5.7.1 Rejected: 192.0.2.10 is on a list', { type: 'bounced', refused: 'sender' }],
    ['5.7.26', '550 5.7.26 Unauthenticated', { type: 'bounced', refused: 'sender' }],
    ['5.1.8', '550 5.1.8 Sender domain not found', { type: 'bounced', refused: 'sender' }],
    ['5.7.133', '550 5.7.133 Sender not authenticated for group', { type: 'bounced', refused: 'message' }],
    ['4.4.1', '451 4.4.1 Timed out', { type: 'soft_bounced' }],
    ['4.2.2 (over quota)', '452 4.2.2 Over quota', { type: 'soft_bounced' }],
    ['', '452 Later', { type: 'soft_bounced' }],
    ['', '550 Rejected, see 10.5.7.1', { type: 'bounced', refused: 'message' }],
  ])('%s %s', async (status, reply, expected) => {
    const reports = await read(bounceWith({ status, reply }, id, anna));
    expect(reports).toEqual([expect.objectContaining(expected)]);
    if (expected.type === 'soft_bounced') expect(reports[0]).not.toHaveProperty('refused');
  });

  test.each(['delayed', 'delivered', 'relayed', 'expanded'])('%s is no bounce', async (action) => {
    const late = bounceWith({ action, status: '4.4.1', reply: '451 4.4.1 Still trying' }, id, anna);
    expect(await read(late)).toEqual([]);
  });
});

describe('complaints', () => {
  test.each(['complaint-yahoo', 'complaint-microsoft'] as const)('%s', async (kind) => {
    expect(await read(returnedMail(kind, id, anna))).toEqual([
      expect.objectContaining({ type: 'complained', messageId: id, address: anna, unproven: true }),
    ]);
  });

  test('one that protects who complained is known by the Message-ID alone', async () => {
    const [report] = await read(returnedMail('complaint-redacted', id, anna));
    expect(report).toMatchObject({ type: 'complained', messageId: id });
    expect(report).not.toHaveProperty('address');
  });

  test('a mail that somebody took out of the junk folder is none', async () => {
    const mail = returnedMail('complaint-yahoo', id, anna);
    expect(await read(mail.replace('Feedback-Type: abuse', 'Feedback-Type: not-spam'))).toEqual([]);
  });
});

describe('mails that report nothing', () => {
  test.each(['out-of-office', 'read-receipt'] as const)('%s', async (kind) => {
    expect(await read(returnedMail(kind, id, anna))).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['no mail', 'Moin'],
    ['bytes', Buffer.from([0, 255, 254, 13, 10, 13, 10, 128, 0])],
    ['a bounce of a mail that is not ours', returnedMail('postfix', 'CAF_1234', anna)],
    ['a boundary that never comes', 'Content-Type: multipart/report; boundary=x\r\n\r\n--y\r\n'],
    ['a boundary without a name', 'Content-Type: multipart/report\r\n\r\n--\r\n--\r\n'],
    ['parts in parts in parts', nested(400)],
    ['a header without an end', `Subject: ${'x'.repeat(400_000)}`],
  ])('%s', async (_, mail) => {
    expect(await read(mail)).toEqual([]);
  });
});

describe('odd mails', () => {
  test('one that breaks off in the returned mail is read', async () => {
    const mail = returnedMail('postfix', id, anna);
    expect(await read(mail.slice(0, mail.indexOf('Moin Anna')))).toHaveLength(1);
  });

  test('one of 5 MB is read at once: what it returns does not matter', async () => {
    const mail = returnedMail('postfix', id, anna).replace('Moin Anna', 'Moin Anna\r\n'.repeat(450_000));
    expect(mail.length).toBeGreaterThan(4_900_000);
    const { busyMs, result } = await measured(() => read(mail));
    expect(result).toHaveLength(1);
    expect(busyMs).toBeLessThan(500);
  });

  test('many parts, many lines and many blanks take no time to speak of', async () => {
    const part = '--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n \r\n\r\n';
    const mail = `In-Reply-To: <${id}@a>\r\nContent-Type: multipart/report; boundary=b\r\n\r\n`;
    const status = `${mail}--b\r\nContent-Type: message/delivery-status\r\n\r\n`;
    const blanks = `${status}Diagnostic-Code: x\n${' \t'.repeat(100_000)}`;
    for (const hostile of [mail + part.repeat(10_000), status + '\n'.repeat(250_000), blanks])
      expect((await measured(() => read(hostile))).busyMs).toBeLessThan(500);
  });

  test('where nothing is returned, the answered Message-ID will do', async () => {
    const mail = returnedMail('gmail', id, anna);
    const [report] = await read(
      mail.slice(0, mail.lastIndexOf('--0000000000007a3f5b0634200c1e\r\nContent-Type')),
    );
    expect(report).toMatchObject({ messageId: id, address: anna });
  });

  test.each(['postfix', 'exim', 'gmail', 'office365', 'complaint-yahoo'] as const)(
    '%s without its headers, as n8n reads mailboxes, with the one that docs/providers.md puts back',
    async (kind) => {
      const mail = returnedMail(kind, id, anna);
      const raw = mail.slice(mail.indexOf('\r\n\r\n') + 4);
      const boundary = raw.match(/^--(.+?)\s*$/m)?.[1];
      const sent = `Content-Type: multipart/report; boundary="${boundary}"\r\n\r\n${raw}`;
      expect(await read(sent)).toEqual([expect.objectContaining({ messageId: id, address: anna })]);
    },
  );

  test('a server that kept our id of the envelope need not return anything either', async () => {
    const mail = returnedMail('postfix', id, anna)
      .replace('X-Postfix-Queue-ID: ', `Original-Envelope-Id: ${id}\r\nX-Postfix-Queue-ID: `)
      .replace(/^Message-ID: .*\r\n/m, '');
    expect(await read(mail)).toEqual([expect.objectContaining({ messageId: id, address: anna })]);
  });

  test('the address that we wrote to counts, not the one that it was forwarded to', async () => {
    const mail = returnedMail('postfix', id, anna).replace(
      `Final-Recipient: rfc822; ${anna}`,
      'Final-Recipient: rfc822; a.berg@inside.example.com',
    );
    expect(await read(mail)).toEqual([expect.objectContaining({ address: anna })]);
  });

  test('nothing that the database cannot keep gets through', async () => {
    const bounce = returnedMail('postfix', id, anna).replace('table\r\n\r\n--4Wq', 'ta\0ble\r\n\r\n--4Wq');
    const complaint = returnedMail('complaint-redacted', id, anna).replace(
      'To: <Undisclosed Recipients>',
      'To: =?utf-8?Q?a=00nna=40example.com?=',
    );
    for (const mail of [bounce, complaint]) {
      const reports = await read(mail);
      expect(reports).toHaveLength(1);
      expect(JSON.stringify(reports)).not.toContain('\\u0000');
    }
  });

  test('a bounce that names nobody is about nobody', async () => {
    const mail = returnedMail('exim', id, anna).replace(/Final-Recipient: .*\r\n/, '');
    expect(await read(mail)).toEqual([expect.objectContaining({ address: '' })]);
  });

  test('several recipients are several reports, each with a key of its own', async () => {
    const mail = returnedMail('postfix', id, anna).replace(
      'X-Postfix-Queue-ID: 4WqZ1j6lB1zXh',
      'Comment: x\r\n\r\nFinal-Recipient: rfc822; ben@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n',
    );
    const reports = await read(mail);
    expect(reports.map(({ address }) => address)).toEqual(['ben@example.com', anna]);
    expect(new Set(reports.map(({ key }) => key)).size).toBe(2);
  });

  test('the same mail has the same key, another message’s another', async () => {
    const [first, again, other] = await Promise.all(
      [id, id, randomUUID()].map((of) => read(returnedMail('postfix', of, anna))),
    );
    expect(again?.[0]?.key).toBe(first?.[0]?.key);
    expect(other?.[0]?.key).not.toBe(first?.[0]?.key);
  });

  test('a clock that runs ahead dates nothing into the future', async () => {
    const mail = returnedMail('postfix', id, anna);
    expect((await read(mail))[0]?.occurredAt).toEqual(new Date('2026-05-01T07:00:04Z'));
    expect((await read(mail.replaceAll(' 2026 ', ' 2031 ')))[0]?.occurredAt).toEqual(now);
  });
});

/** The processor's time, which a busy machine does not stretch. */
async function measured<T>(run: () => Promise<T>): Promise<{ busyMs: number; result: T }> {
  const before = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(before);
  return { busyMs: (user + system) / 1_000, result };
}

function nested(depth: number): string {
  const open = Array.from(
    { length: depth },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
  );
  return open.join('');
}
