import { expect, test } from 'vitest';
import { checkConfiguration } from './configuration.js';
import { domainFindings } from './connections.js';

const production = {
  HALYARD_HOME: '/nowhere',
  DATABASE_URL: 'postgres://halyard@db/halyard',
  HALYARD_SECRET: 'a secret for tests that is long enough',
  HALYARD_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
  PUBLIC_URL: 'https://halyard.example.com',
};

test('nothing is said against the settings of a sound production', () => {
  expect(checkConfiguration(production).map((finding) => finding.state)).toEqual(['ok']);
});

test('a wrong setting is named with what to do', () => {
  const [finding] = checkConfiguration({ ...production, HALYARD_SECRET: 'short' });
  expect(finding).toMatchObject({ state: 'wrong', what: expect.stringContaining('HALYARD_SECRET: Use 32') });
});

test.each([
  [{ PUBLIC_URL: 'http://halyard.example.com' }, 'not https'],
  [{ PUBLIC_URL: '' }, 'PUBLIC_URL is not set'],
  [{ HALYARD_ALLOW_PRIVATE_ADDRESSES: 'true' }, 'private addresses'],
])('what works and is dangerous is a warning: %j', (change, told) => {
  const findings = checkConfiguration({ ...production, ...change });
  expect(findings).toContainEqual(
    expect.objectContaining({ state: 'warning', what: expect.stringContaining(told) }),
  );
});

const check = { host: null, expected: null, found: null, what_to_do: null };

test('a bad record of a sender domain is wrong, a weak one a warning', () => {
  const findings = domainFindings({
    domain: 'example.com',
    ready: false,
    checks: [
      { ...check, name: 'spf', verdict: 'good', finding: 'good', found: 'v=spf1 -all' },
      { ...check, name: 'dkim', verdict: 'bad', finding: 'missing', what_to_do: 'Publish the key.' },
      { ...check, name: 'dmarc', verdict: 'weak', finding: 'only_watches', found: 'v=DMARC1; p=none' },
    ],
  });
  expect(findings.map((finding) => finding.state)).toEqual(['ok', 'wrong', 'warning']);
  expect(findings[1]).toEqual({
    state: 'wrong',
    what: 'example.com: DKIM is bad.',
    advice: 'Publish the key.',
  });
});
