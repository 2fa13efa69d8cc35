import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrgId } from '../ids.js';
import type { SealedRow, SealedSecrets } from './rotate-secrets.js';
import { rotateSecrets } from './rotate-secrets.js';
import { aadOf, SecretBox } from './secret-box.js';

const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const old = newKey('2025');
const box = new SecretBox(old);
const aad = aadOf('org-1', 'row-1');

test('a secret comes back as it was, whatever is in it', () => {
  for (const plain of ['', 're_123', '{"password":"pässwörd 🔑"}', 'x'.repeat(10_000)]) {
    const { box: sealed, keyId } = box.seal(plain, aad);
    expect(box.open(sealed, keyId, aad)).toBe(plain);
    if (plain) expect(sealed.includes(plain)).toBe(false);
  }
});

test('the same secret never looks the same twice', () => {
  expect(box.seal('secret', aad).box.equals(box.seal('secret', aad).box)).toBe(false);
});

test('a secret cannot be moved to another organization or row', () => {
  const { box: sealed, keyId } = box.seal('secret', aad);
  for (const other of [aadOf('org-2', 'row-1'), aadOf('org-1', 'row-2'), ''])
    expect(() => box.open(sealed, keyId, other)).toThrow(expect.objectContaining({ code: 'damaged' }));
});

test('whichever byte is changed, the secret is refused', () => {
  const { box: sealed, keyId } = box.seal('secret', aad);
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => box.open(changed, keyId, aad), `byte ${at}`).toThrow(
      expect.objectContaining({ code: 'damaged' }),
    );
  }
  for (const shorter of [0, 1, 60, 88, sealed.length - 1])
    expect(() => box.open(sealed.subarray(0, shorter), keyId, aad)).toThrow(
      expect.objectContaining({ code: 'damaged' }),
    );
});

test('a key of the same name but another value does not open it', () => {
  const { box: sealed, keyId } = box.seal('secret', aad);
  expect(() => new SecretBox(newKey('2025')).open(sealed, keyId, aad)).toThrow(
    expect.objectContaining({ code: 'damaged' }),
  );
});

test('a missing key is named', () => {
  const { box: sealed, keyId } = box.seal('secret', aad);
  expect(() => new SecretBox(newKey('2026')).open(sealed, keyId, aad)).toThrow(
    /"2025".*HALYARD_ENCRYPTION_KEYS/,
  );
});

describe('the list of keys', () => {
  test.each([
    ['', 'empty'],
    ['nothing', 'Entry 1'],
    [`${old},2026:c2hvcnQ=`, 'Entry 2'],
    [`${old} ${old}`, 'Two keys are called "2025"'],
  ])('%j is refused with a sentence', (list, sentence) => {
    expect(() => new SecretBox(list)).toThrow(expect.objectContaining({ code: 'invalid_keys' }));
    expect(() => new SecretBox(list)).toThrow(sentence);
  });

  test('a key that is refused is not quoted', () => {
    expect(() => new SecretBox('2026:c2VjcmV0')).toThrow(/^(?!.*c2VjcmV0)/);
  });
});

describe('rotation', () => {
  const orgId = 'org-1' as OrgId;
  const table = (rows: SealedRow[]): SealedSecrets => ({
    name: 'connections',
    notSealedBy: async (keyId, after, limit) =>
      rows.filter((row) => row.keyId !== keyId && (!after || row.id > after.id)).slice(0, limit),
    replace: async (row, next) => {
      const stored = rows.find(({ id }) => id === row.id);
      if (!stored || stored.keyId !== row.keyId) return false;
      Object.assign(stored, next);
      return true;
    },
  });

  test('everything is sealed by the newest key, and opens without the old one', async () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({
      orgId,
      id,
      ...box.seal(`of ${id}`, aadOf(orgId, id)),
    }));
    const newest = newKey('2026');
    const rotated = await rotateSecrets(new SecretBox(`${newest},${old}`), [table(rows)], 2);
    expect(rotated).toEqual([{ name: 'connections', resealed: 5, changedMeanwhile: 0, failed: [] }]);
    const withoutOld = new SecretBox(newest);
    for (const row of rows)
      expect(withoutOld.open(row.box, row.keyId, aadOf(orgId, row.id))).toBe(`of ${row.id}`);
  });

  test('what cannot be opened is reported and left alone', async () => {
    const rows = [
      { orgId, id: 'a', ...new SecretBox(newKey('lost')).seal('gone', aadOf(orgId, 'a')) },
      { orgId, id: 'b', ...box.seal('of b', aadOf(orgId, 'b')) },
    ];
    const [rotation] = await rotateSecrets(new SecretBox(`${newKey('2026')},${old}`), [table(rows)], 1);
    expect(rotation).toMatchObject({
      resealed: 1,
      failed: [{ id: 'a', reason: expect.stringContaining('"lost"') }],
    });
    expect(rows[0]?.keyId).toBe('lost');
  });
});
