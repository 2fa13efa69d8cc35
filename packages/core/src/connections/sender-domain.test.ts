import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ConnectionId, OrgId } from '../ids.js';
import { checkSender, senderOf } from './check-sender.js';
import type { SenderIdentity, SenderRecords } from './sender-domain.js';
import { judgeSender } from './sender-domain.js';

const identity: SenderIdentity = {
  fromDomain: 'sailing-school.example',
  returnPathDomain: 'bounces.sailing-school.example',
  dkim: { domain: 'sailing-school.example', selector: 'h1', publicKey: 'MIIBkey' },
};
const records: SenderRecords = {
  spf: ['google-site-verification=x', 'v=spf1 include:mail.example -all'],
  dkim: ['v=DKIM1; k=rsa; p=MIIB key'],
  dmarc: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@sailing-school.example'],
};
const verdictOn = (
  name: 'spf' | 'dkim' | 'dmarc',
  changed: Partial<SenderRecords>,
  who: Partial<SenderIdentity> = {},
) =>
  judgeSender({ ...identity, ...who }, { ...records, ...changed }).checks.find(
    (check) => check.name === name,
  );

test('a domain with all three records is ready, with nothing to do', () => {
  const { ready, checks } = judgeSender(identity, records);
  expect(ready).toBe(true);
  expect(checks.map(({ verdict, what_to_do }) => [verdict, what_to_do])).toEqual(
    Array(3).fill(['good', null]),
  );
});

test('what to publish, and where, stands apart from the advice', () => {
  expect(verdictOn('dkim', { dkim: [] })).toMatchObject({
    finding: 'missing',
    host: 'h1._domainkey.sailing-school.example',
    expected: 'v=DKIM1; k=rsa; p=MIIBkey',
    found: null,
  });
  expect(verdictOn('dmarc', { dmarc: ['v=DMARC1; p=none'] })).toMatchObject({
    finding: 'only_watches',
    host: '_dmarc.sailing-school.example',
    found: 'v=DMARC1; p=none',
  });
});

test.each([
  ['spf', { spf: [] }, 'bad', /v=spf1/],
  ['spf', { spf: ['v=spf1 -all', 'v=spf1 ~all'] }, 'bad', /Keep one/],
  ['spf', { spf: ['v=spf1 +all'] }, 'bad', /everyone/],
  ['spf', { spf: ['v=spf1 all'] }, 'bad', /everyone/],
  ['spf', { spf: ['v=spf1 include:mail.example ?all'] }, 'weak', /-all/],
  ['spf', { spf: null }, 'unknown', /DNS/],
  ['dkim', { dkim: [] }, 'bad', /h1\._domainkey\.sailing-school\.example: v=DKIM1; k=rsa; p=MIIBkey/],
  ['dkim', { dkim: ['v=DKIM1; p='] }, 'bad', /withdrawn/],
  ['dkim', { dkim: ['v=DKIM1; p=another'] }, 'bad', /another key/],
  ['dkim', { dkim: null }, 'unknown', /DNS/],
  ['dmarc', { dmarc: [] }, 'bad', /_dmarc\.sailing-school\.example/],
  ['dmarc', { dmarc: ['v=DMARC1; p=none'] }, 'weak', /quarantine/],
  ['dmarc', { dmarc: ['v=DMARC1; rua=mailto:x@y.z'] }, 'bad', /no policy/],
  ['dmarc', { dmarc: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }, 'bad', /Keep one/],
] as const)('%s %j is %s', (name, changed, verdict, advice) => {
  expect(verdictOn(name, changed)).toMatchObject({ verdict, what_to_do: expect.stringMatching(advice) });
  expect(judgeSender(identity, { ...records, ...changed }).ready).toBe(verdict === 'weak');
});

describe('alignment with the From domain', () => {
  test('an envelope sender elsewhere makes SPF of no use', () => {
    expect(verdictOn('spf', {}, { returnPathDomain: 'bounces.mailer.example' })).toMatchObject({
      verdict: 'weak',
    });
  });

  test('a signature for elsewhere fails DMARC', () => {
    const dkim = { domain: 'mailer.example', selector: 'h1' };
    expect(verdictOn('dkim', {}, { dkim })).toMatchObject({ verdict: 'bad' });
  });

  test('a name that only ends alike is not inside', () => {
    const dkim = { domain: 'evil-sailing-school.example', selector: 'h1' };
    expect(verdictOn('dkim', {}, { dkim })).toMatchObject({ verdict: 'bad' });
  });
});

describe('a connection', () => {
  const connection = {
    id: 'c' as ConnectionId,
    orgId: 'o' as OrgId,
    name: 'Mail',
    channels: ['email' as const],
    secrets: {},
  };

  test('of SMTP is looked up where it sends from, and its own key is compared', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const sender = senderOf({
      ...connection,
      provider: 'smtp',
      settings: {
        from_address: 'hello@news.sailing-school.example',
        dkim: { domain: 'sailing-school.example', selector: 'h1' },
      },
      secrets: { dkim_private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
    });
    const published = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const zone: Record<string, string[]> = {
      'news.sailing-school.example': ['v=spf1 a -all'],
      'h1._domainkey.sailing-school.example': [`v=DKIM1; k=rsa; p=${published}`],
      '_dmarc.sailing-school.example': ['v=DMARC1; p=reject'],
    };
    const dns = { txt: async (name: string) => zone[name] ?? [] };
    expect(sender && (await checkSender(sender, dns))).toMatchObject({
      domain: 'news.sailing-school.example',
      ready: true,
    });
  });

  test('of Resend signs as resend and takes bounces at send.', () => {
    const settings = { from_address: 'hello@sailing-school.example' };
    expect(senderOf({ ...connection, provider: 'resend', settings })).toEqual({
      fromDomain: 'sailing-school.example',
      returnPathDomain: 'send.sailing-school.example',
      dkim: { domain: 'sailing-school.example', selector: 'resend' },
    });
  });

  test('of another channel has no sender domain', () => {
    expect(senderOf({ ...connection, provider: 'infobip_sms', settings: {} })).toBeNull();
  });
});
