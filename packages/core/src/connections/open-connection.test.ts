import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ConnectionId, OrgId } from '../ids.js';
import type { SealedConnection } from './open-connection.js';
import { ConnectionOpener, sealSecrets } from './open-connection.js';
import { SecretBox } from './secret-box.js';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const box = new SecretBox(key('k1'));
const row = (secrets: Record<string, string>): SealedConnection => {
  const who = { orgId: 'org-1' as OrgId, id: 'c-1' as ConnectionId };
  return {
    ...who,
    name: 'Mail',
    provider: 'smtp',
    channels: ['email'],
    settings: { host: 'mail.example' },
    sealed: sealSecrets(box, who, secrets),
    webhookToken: 'token',
  };
};

test('a connection is opened with its secrets, and with the address to report to', () => {
  expect(new ConnectionOpener(box, 'https://halyard.example/').open(row({ password: 'geheim' }))).toEqual({
    kind: 'open',
    connection: {
      id: 'c-1',
      orgId: 'org-1',
      name: 'Mail',
      provider: 'smtp',
      channels: ['email'],
      settings: { host: 'mail.example' },
      secrets: { password: 'geheim' },
      reportUrl: 'https://halyard.example/hooks/providers/token',
    },
  });
});

test('a server that nobody outside reaches is not given as an address', () => {
  expect(new ConnectionOpener(box, null).open(row({}))).toMatchObject({
    kind: 'open',
    connection: expect.not.objectContaining({ reportUrl: expect.anything() }),
  });
});

test('a changed secret is never served stale', () => {
  const opener = new ConnectionOpener(box, null);
  opener.open(row({ password: 'old' }));
  expect(opener.open(row({ password: 'new' }))).toMatchObject({
    connection: { secrets: { password: 'new' } },
  });
  expect(opener.open(row({}))).toMatchObject({ connection: { secrets: {} } });
});

test('secrets of another row, and a missing key, make it unusable instead of throwing', () => {
  const opener = new ConnectionOpener(box, null);
  const copied = { ...row({ password: 'geheim' }), id: 'c-2' as ConnectionId };
  expect(opener.open(copied)).toMatchObject({
    kind: 'unusable',
    reason: expect.stringContaining('another row'),
  });
  const rotatedAway = new ConnectionOpener(new SecretBox(key('k2')), null);
  expect(rotatedAway.open(row({ password: 'geheim' }))).toMatchObject({
    kind: 'unusable',
    reason: expect.stringContaining('"k1"'),
  });
});
