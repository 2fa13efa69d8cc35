import type { SourceSettings } from '@halyard/contracts/outreach/source';
import { expect, test } from 'vitest';
import type { OrgId, OutreachSourceId } from '../ids.js';
import { itemIdOf, itemOfRow, triedRow } from './item-of-row.js';

const orgId = '0198b2a0-0000-7000-8000-00000000000a' as OrgId;
const id = '0198b2a0-0000-7000-8000-00000000000b' as OutreachSourceId;
const user = '0198b2a0-0000-7000-8000-00000000000c';
const source = {
  orgId,
  id,
  settings: { defaults: { channel: 'email', user_id: user } } as unknown as SourceSettings,
};
const row = { row_id: '42', body: 'Ahoi', email: 'anna@example.com' };

test('what no column says is the default, and of this organization', () => {
  expect(itemOfRow(source, row)).toEqual({
    id: itemIdOf(id, '42'),
    tenant_id: orgId,
    user_id: user,
    channel: 'email',
    subject: '',
    body: 'Ahoi',
    target: { email: 'anna@example.com', external_ids: {} },
    schedule_at: null,
    sequence_id: null,
    step: 1,
  });
  expect(triedRow(source, row).problem).toBeNull();
});

test('every column is taken where it belongs', () => {
  const at = new Date('2026-05-01T09:00:00Z');
  const item = itemOfRow(source, {
    ...row,
    row_id: 'A0000000-0000-4000-8000-00000000000D',
    channel: 'slack',
    slack: 'U1',
    crm_contact_id: 77,
    external_ids: { slack: 'old', other: 'x' },
    schedule_at: at,
    sequence_id: user,
    step: '3',
  });
  expect(item).toMatchObject({
    id: 'a0000000-0000-4000-8000-00000000000d',
    channel: 'slack',
    target: { external_ids: { slack: 'U1', crm_contact_id: '77', other: 'x' } },
    schedule_at: at.toISOString(),
    sequence_id: user,
    step: 3,
  });
});

test('what is wrong with a row is said', () => {
  expect(triedRow(source, { ...row, body: null }).problem).toMatch(/^body: /);
  expect(triedRow(source, { ...row, schedule_at: new Date(Number.NaN) }).problem).toMatch(/^schedule_at: /);
  expect(triedRow(source, { ...row, step: 'three' }).problem).toMatch(/^step: /);
});
