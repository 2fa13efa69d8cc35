import { randomUUID } from 'node:crypto';
import { OutreachItem } from '@halyard/contracts/outreach/item';
import { ManualClock } from '@halyard/core/clock';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { Outreach } from '@halyard/core/outreach/outreach';
import type { ReviewItemId } from '@halyard/core/review/review-items';
import { ReviewItems } from '@halyard/core/review/review-items';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgErasureStore } from '../erasure.js';
import { PgOutreachStore } from '../outreach.js';
import { PgTenantStore } from '../outreach-tenants.js';
import { silent } from '../testing/deciding.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { PgQuarantine } from './quarantine.js';
import { PgReviewStore } from './review-items.js';

const grace = { type: 'user' as const, name: 'Grace' };
const clock = new ManualClock(new Date('2026-05-01T09:00:00Z'));
let db: TestDatabase;
let school: OrgId;
let outreach: Outreach;
let reviews: ReviewItems;
beforeAll(async () => {
  db = await openTestDatabase();
  outreach = new Outreach(new PgOutreachStore(db.app, randomIds), clock, silent, new PgQuarantine(db.app));
  reviews = new ReviewItems(new PgReviewStore(db.app), silent, clock, {
    outreach_item: outreach.take.bind(outreach),
  });
});
afterAll(() => db.drop());
beforeEach(async () => {
  school = await db.organization();
});

const item = (given: object = {}) => ({
  id: randomUUID(),
  tenant_id: school,
  user_id: randomUUID(),
  channel: 'email',
  subject: 'Ahoy',
  body: 'Would you like to sail?',
  target: { email: 'mia@example.com' },
  ...given,
});
const quarantined = async (status: 'open' | 'replayed' | 'resolved' = 'open', orgId = school) =>
  (await reviews.list(orgId, { kind: 'quarantined_input', status, limit: 10 })).items;
const only = async () => (await quarantined())[0]?.id as ReviewItemId;
const again = (payload?: Record<string, unknown>) => ({ confirmed: false, payload });

test('what is wrong with an item waits though the transaction around its refusal is undone', async () => {
  const refused = db.app.aroundOrg(school, () =>
    outreach.push(school, OutreachItem.parse(item({ tenant_id: randomUUID() }))),
  );
  await expect(refused).rejects.toMatchObject({ code: 'invalid_request' });
  expect(await quarantined()).toHaveLength(1);
});

test('what is wrong with an item waits for a person once, however often it is sent; mended, it is taken', async () => {
  const broken = item({ body: 'Moin {{firstName' });
  for (let n = 0; n < 2; n++)
    expect(await outreach.pushBatch(school, [broken, item()])).toMatchObject([
      { kind: 'refused' },
      { kind: 'accepted' },
    ]);
  const other = await db.organization('Another school');
  expect(await quarantined('open', other)).toEqual([]);
  expect(await quarantined()).toMatchObject([
    {
      subject: { type: 'outreach_item', id: broken.id },
      detail: { input: broken, issues: [{ path: 'body' }] },
    },
  ]);
  expect(await reviews.counts(school)).toEqual({ open: [{ kind: 'quarantined_input', n: 1 }] });
  expect(await reviews.counts(other)).toEqual({ open: [] });
  const id = await only();
  await expect(reviews.read(other, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(reviews.replay(school, id, again(), grace)).rejects.toMatchObject({
    code: 'invalid_request',
    issues: [{ path: 'body.payload.body' }],
  });
  await expect(reviews.replay(other, id, again(item()), grace)).rejects.toMatchObject({ code: 'not_found' });
  expect(await reviews.replay(school, id, again({ ...broken, body: 'Moin' }), grace)).toMatchObject({
    status: 'replayed',
    resolved_by: 'Grace',
  });
  expect(await outreach.read(school, broken.id)).toMatchObject({ status: 'scheduled' });
  await expect(reviews.replay(school, id, again(), grace)).rejects.toMatchObject({ code: 'invalid_state' });
});

test('who mends it where it comes from, and sends it again, closes the item', async () => {
  const broken = item({ target: { email: 'no address' } });
  await expect(outreach.push(school, broken as never)).rejects.toMatchObject({ code: 'invalid_request' });
  expect(await quarantined()).toHaveLength(1);
  await outreach.pushBatch(school, [{ ...broken, target: { email: 'mia@example.com' } }]);
  expect(await quarantined()).toEqual([]);
  expect(await quarantined('resolved')).toMatchObject([
    { subject: { id: broken.id }, resolved_by: 'outreach' },
  ]);
});

test('once the cause is gone, all are taken; what has no right shape stays', async () => {
  const tenant_id = randomUUID();
  await outreach.pushBatch(school, [item({ tenant_id }), item({ tenant_id }), 'nonsense \0 \ud800', null]);
  expect(await quarantined()).toHaveLength(4);
  const mapped = new PgTenantStore(db.app);
  await mapped.map(school, tenant_id, { actor: grace, action: 'outreach_tenant.mapped' });
  expect(
    await reviews.replayAll(school, 'quarantined_input', { confirmed: false, after: null }, grace),
  ).toMatchObject({ replayed: 2, refused: 2 });
  expect(await quarantined()).toHaveLength(2);
});

test('nothing is left of a person who is erased', async () => {
  const { contact_id } = await outreach.push(school, OutreachItem.parse(item()));
  await outreach.pushBatch(school, [item({ body: '{{', target: { email: 'Mia@Example.com' } })]);
  expect(await quarantined()).toHaveLength(1);
  await new PgErasureStore(db.app).erase(
    school,
    contact_id as ContactId,
    { suppress: false },
    { actor: grace, at: clock.now() },
  );
  expect(await quarantined()).toEqual([]);
  expect(await quarantined('resolved')).toMatchObject([{ detail: {}, resolved_by: 'erasure' }]);
});

test('an id that was used for something else is no input to mend', async () => {
  const sent = item();
  await outreach.pushBatch(school, [sent]);
  expect(await outreach.pushBatch(school, [{ ...sent, body: 'Other' }])).toMatchObject([{ kind: 'refused' }]);
  expect(await quarantined()).toEqual([]);
});
