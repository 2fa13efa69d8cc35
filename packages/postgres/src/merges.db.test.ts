import type { ContactInput } from '@halyard/contracts/contacts/contact';
import type { NewConsent } from '@halyard/core/contacts/consent';
import type { MergeId } from '@halyard/core/contacts/merges';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PgConsentStore } from './consent-store.js';
import { appendConsent } from './consents.js';
import { lockContacts } from './contact-keys.js';
import { upsertContacts } from './contact-writer.js';
import { PgContactStore } from './contacts.js';
import { belongings, PgMergeStore } from './merges.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const change = { actor: { type: 'automation' as const, id: 'test' }, at: new Date('2026-05-01T08:00:00Z') };
let db: TestDatabase;
let store: PgMergeStore;
let contacts: PgContactStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgMergeStore(db.app);
  contacts = new PgContactStore(db.app);
});
beforeEach(async () => {
  school = await db.organization();
});
afterAll(() => db.drop());

async function make(input: ContactInput): Promise<ContactId> {
  const [result] = await db.app.forOrg(school, (tx) => upsertContacts(tx, school, [input], change.at));
  if (!result || result.outcome === 'refused') throw new Error('refused');
  return result.id;
}

test('the winner keeps what it says, fills its gaps, and is found by all keys of both', async () => {
  const winner = await make({
    external_id: 'w',
    email: 'w@example.org',
    first_name: 'Anna',
    attributes: { a: 1 },
  });
  const loser = await make({
    external_id: 'l',
    email: 'l@example.org',
    first_name: 'Anne',
    last_name: 'Voss',
    attributes: { a: 2, b: 2 },
  });
  await store.merge(school, winner, loser, change);
  expect(await contacts.find(school, winner)).toMatchObject({
    external_id: 'w',
    first_name: 'Anna',
    last_name: 'Voss',
    attributes: { a: 1, b: 2 },
    identities: [{ address: 'w@example.org' }, { address: 'l@example.org' }],
  });
  expect(await make({ external_id: 'l' })).toBe(winner);
  expect(await make({ email: 'l@example.org' })).toBe(winner);
  await expect(contacts.update(school, loser, { first_name: 'x' }, change)).rejects.toMatchObject({
    code: 'invalid_state',
  });
});

test('what was changed since the merge survives taking it back', async () => {
  const winner = await make({ email: 'w@example.org', first_name: 'Anna', attributes: { a: 1 } });
  const loser = await make({ email: 'l@example.org', last_name: 'Voss', attributes: { b: 2 } });
  const merge = await store.merge(school, winner, loser, change);
  await contacts.update(
    school,
    winner,
    { locale: 'de', attributes: { c: 3 }, add_identities: [{ kind: 'email', address: 'new@example.org' }] },
    change,
  );
  await store.undo(school, merge.id as MergeId, change);
  expect(await contacts.find(school, winner)).toMatchObject({
    first_name: 'Anna',
    last_name: null,
    locale: 'de',
    attributes: { a: 1, c: 3 },
    identities: [{ address: 'w@example.org' }, { address: 'new@example.org' }],
  });
  expect(await contacts.find(school, loser)).toMatchObject({
    merged_into: null,
    identities: [{ address: 'l@example.org' }],
  });
});

test('who unsubscribed while two contacts were one stays so, whichever of the two it was', async () => {
  const winner = await make({ email: 'w@example.org' });
  const loser = await make({ email: 'l@example.org' });
  const line = {
    contactId: loser,
    channel: 'email',
    topic: '*',
    source: 'form',
    occurredAt: change.at,
  } as const;
  const say = (consent: NewConsent) => db.app.forOrg(school, (tx) => appendConsent(tx, school, [consent]));
  await say({ ...line, state: 'granted' });
  const merge = await store.merge(school, winner, loser, change);
  await say({ ...line, contactId: winner, state: 'withdrawn', source: 'one_click' });
  await store.undo(school, merge.id as MergeId, change);
  const consents = new PgConsentStore(db.app);
  expect((await consents.history(school, loser))?.map((one) => [one.state, one.source])).toEqual([
    ['withdrawn', 'one_click'],
    ['granted', 'form'],
  ]);
  expect((await consents.history(school, winner))?.map((one) => one.state)).toEqual(['withdrawn']);
});

test('merges are taken back in the opposite order, each once', async () => {
  const [a, b, c] = [
    await make({ email: 'a@example.org' }),
    await make({ email: 'b@example.org' }),
    await make({ email: 'c@example.org' }),
  ];
  const first = await store.merge(school, b, c, change);
  const second = await store.merge(school, a, b, change);
  await expect(store.undo(school, first.id as MergeId, change)).rejects.toMatchObject({
    code: 'invalid_state',
  });
  await store.undo(school, second.id as MergeId, change);
  await store.undo(school, first.id as MergeId, change);
  await expect(store.undo(school, first.id as MergeId, change)).rejects.toMatchObject({
    code: 'invalid_state',
  });
  expect((await contacts.find(school, c))?.identities).toHaveLength(1);
});

test('an upsert that waits for a merge writes to the contact that is left', async () => {
  const winner = await make({ email: 'w@example.org' });
  const loser = await make({ email: 'l@example.org' });
  let upserting: Promise<ContactId> | undefined;
  await db.app.forOrg(school, async (tx) => {
    await lockContacts(tx, school, [loser]); // as a merge does first
    upserting = make({ email: 'l@example.org', phone: '+4915123456789' });
    await vi.waitFor(async () => {
      const { rows } = await db.owner.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rows).toHaveLength(1);
    });
    await sql`update identities set contact_id = ${winner} where org_id = ${school} and contact_id = ${loser}`.execute(
      tx,
    );
    await sql`update contacts set merged_into = ${winner} where org_id = ${school} and id = ${loser}`.execute(
      tx,
    );
  });
  expect(await upserting).toBe(winner);
  expect((await contacts.find(school, winner))?.identities.map((one) => one.address).sort()).toEqual([
    '+4915123456789',
    'l@example.org',
    'w@example.org',
  ]);
});

test('another organization merges and takes back nothing', async () => {
  const winner = await make({ email: 'w@example.org' });
  const loser = await make({ email: 'l@example.org' });
  const other = await db.organization('Other school');
  await expect(store.merge(other, winner, loser, change)).rejects.toMatchObject({ code: 'not_found' });
  const merge = await store.merge(school, winner, loser, change);
  expect(await store.undo(other, merge.id as MergeId, change)).toBeNull();
  await expect(store.list(other, winner)).rejects.toMatchObject({ code: 'not_found' });
});

test('whatever names a contact moves with a merge, or is known to stay', async () => {
  const moves = new Set<string>(belongings);
  // pending_events follow their events; which version a contact was assigned stays with each, as the winner has its own.
  const stays = new Set(['pending_events', 'flow_assignments']);
  const { rows } = await db.owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'contact_id'`,
  );
  expect(rows.map((row) => row.name).filter((name) => !moves.has(name) && !stays.has(name))).toEqual([]);
});
