import type { ConsentState } from '@halyard/core/contacts/consent';
import type { ConsentId } from '@halyard/core/contacts/consents';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PgConsentStore } from './consent-store.js';
import { appendConsent } from './consents.js';
import { lockContacts } from './contact-keys.js';
import { upsertContacts } from './contact-writer.js';
import { PgMergeStore } from './merges.js';
import { PgPreferenceStore } from './preferences.js';
import { suppress, suppressedAmong } from './suppressions.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const at = new Date('2026-05-01T08:00:00Z');
const change = { actor: { type: 'automation' as const, id: 'test' }, at };
let db: TestDatabase;
let store: PgConsentStore;
let school: OrgId;
let anna: ContactId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgConsentStore(db.app);
});
beforeEach(async () => {
  school = await db.organization();
  const [one] = await db.app.forOrg(school, (tx) =>
    upsertContacts(tx, school, [{ email: 'anna@example.org' }], at),
  );
  if (one?.outcome !== 'created') throw new Error('no contact');
  anna = one.id;
});
afterAll(() => db.drop());

const say = (state: ConsentState, evidence = {}) =>
  store.append(
    school,
    { contactId: anna, channel: 'email', topic: 'news', state, source: 'form', evidence, occurredAt: at },
    change,
  );

test('the ledger keeps every word with its evidence, and events tell of it', async () => {
  await say('granted', { text_version: 'v3', ip: '192.0.2.1' });
  await say('withdrawn');
  const history = await store.history(school, anna);
  expect(history?.map((line) => [line.state, line.evidence])).toEqual([
    ['withdrawn', {}],
    ['granted', { text_version: 'v3', ip: '192.0.2.1' }],
  ]);
  const { rows } = await db.owner.query(
    `select type, payload from events where org_id = $1 and type like 'consent.%' order by id`,
    [school],
  );
  expect(rows).toEqual([
    { type: 'consent.granted', payload: { channel: 'email', topic: 'news', source: 'form' } },
    { type: 'consent.withdrawn', payload: { channel: 'email', topic: 'news', source: 'form' } },
  ]);
});

test('a double opt-in is confirmed once, with both moments and both addresses as proof', async () => {
  const asked = await say('pending', { text_version: 'v3', ip: '192.0.2.1' });
  const later = new Date('2026-05-01T09:00:00Z');
  const clicks = await Promise.all(
    [1, 2].map(() => store.confirm(school, asked.id as ConsentId, { ip: '198.51.100.7' }, later)),
  );
  expect(clicks.map((one) => one?.outcome).sort()).toEqual(['already_confirmed', 'confirmed']);
  const [granted, ...rest] = (await store.history(school, anna)) ?? [];
  expect(rest).toHaveLength(1);
  expect(granted).toMatchObject({
    state: 'granted',
    source: 'double_opt_in',
    evidence: {
      text_version: 'v3',
      ip: '198.51.100.7',
      requested_at: '2026-05-01T08:00:00.000Z',
      confirmed_at: '2026-05-01T09:00:00.000Z',
      note: 'Asked for from 192.0.2.1.',
    },
  });
});

test('an old confirmation link does not undo a withdrawal', async () => {
  const asked = await say('pending');
  await say('withdrawn');
  expect(await store.confirm(school, asked.id as ConsentId, {}, at)).toEqual({ outcome: 'withdrawn' });
  const granted = await say('granted');
  expect(await store.confirm(school, granted.id as ConsentId, {}, at)).toBeNull(); // only questions can be confirmed
});

test.each([
  ['*', '*', 'email', 'news'],
  ['email', '*', '*', 'news'],
  ['*', 'news', 'email', '*'],
] as const)(
  'nor one of a part of it: asked for %s/%s, withdrew %s/%s',
  async (channel, topic, ofChannel, ofTopic) => {
    const line = { contactId: anna, source: 'form', occurredAt: at };
    const asked = await store.append(school, { ...line, channel, topic, state: 'pending' }, change);
    await store.append(school, { ...line, channel: ofChannel, topic: ofTopic, state: 'withdrawn' }, change);
    const offers = { ...line, channel: 'email', topic: 'offers', state: 'granted' } as const;
    await store.append(school, offers, change); // of something else: takes nothing back
    expect(await store.confirm(school, asked.id as ConsentId, {}, at)).toEqual({ outcome: 'withdrawn' });
  },
);

test('a confirmation is kept as proof, also when they were taken in by another way meanwhile', async () => {
  const asked = await say('pending');
  await say('granted');
  expect(await store.confirm(school, asked.id as ConsentId, { ip: '192.0.2.9' }, at)).toMatchObject({
    outcome: 'confirmed',
    consent: { source: 'double_opt_in', evidence: { ip: '192.0.2.9' } },
  });
});

test('nobody is asked more than three times within a day', async () => {
  const asking = new PgConsentStore(db.app, () => 'https://example.org/confirm');
  const line = { contactId: anna, channel: 'email', topic: 'news', source: 'form', evidence: {} } as const;
  const ask = (asked: Date) =>
    asking.append(school, { ...line, state: 'pending', occurredAt: asked }, { ...change, at: asked });
  for (let times = 0; times < 3; times++) await ask(at);
  await expect(ask(at)).rejects.toMatchObject({ code: 'rate_limited' });
  await expect(ask(new Date(at.getTime() + 25 * 3_600_000))).resolves.toMatchObject({ state: 'pending' });
});

test('who left and confirms anew is written to again; a complaint stays', async () => {
  const asking = new PgConsentStore(db.app, () => 'https://go.example/c/x');
  const listed = (address: string) => ({ channel: 'email' as const, address });
  const entries = [
    { ...listed('anna@example.org'), reason: 'unsubscribed' as const, source: 'erasure' },
    { ...listed('ben@example.org'), reason: 'complaint' as const, source: 'test' },
  ];
  await db.app.forOrg(school, (tx) => suppress(tx, school, entries));
  for (const { address } of entries) {
    const line = {
      contactId: anna,
      channel: 'email',
      topic: 'news',
      source: 'form',
      occurredAt: at,
    } as const;
    const asked = await asking.append(school, { ...line, state: 'pending' }, change);
    await db.owner.query('update messages set address = $2 where org_id = $1', [school, address]); // it went out
    await asking.confirm(school, asked.id as ConsentId, {}, at);
  }
  const left = db.app.forOrg(school, (tx) => suppressedAmong(tx, school, entries));
  expect(await left).toEqual([false, true]);
});

test.each([
  ['sms', 'confirmed by a link'],
  ['email', 'no email address'],
] as const)('a question on %s that nobody could answer is refused', async (channel, reason) => {
  const asking = new PgConsentStore(db.app, () => 'https://go.example/c/x');
  await db.owner.query('delete from identities where org_id = $1', [school]);
  const line = { contactId: anna, channel, topic: '*', source: 'form', occurredAt: at } as const;
  await expect(asking.append(school, { ...line, state: 'pending' }, change)).rejects.toMatchObject({
    code: 'invalid_state',
    message: expect.stringContaining(reason),
  });
  expect(await asking.history(school, anna)).toEqual([]);
});

const leaveByLink = () => {
  const withdrawn = { contactId: anna, channel: 'email', topic: 'news', state: 'withdrawn' } as const;
  return new PgPreferenceStore(db.app).apply(school, {
    messageId: null,
    channel: 'email',
    contactId: anna,
    consents: [{ ...withdrawn, source: 'one_click', occurredAt: at }],
    suppress: null,
    unsubscribed: true,
    at,
  });
};

test('who leaves at the moment when their contact is merged has left as the one that is left', async () => {
  const [other] = await db.app.forOrg(school, (tx) =>
    upsertContacts(tx, school, [{ email: 'anna.two@example.org' }], at),
  );
  if (other?.outcome !== 'created') throw new Error('no contact');
  await new PgMergeStore(db.app).merge(school, other.id, anna, change);
  await leaveByLink();
  expect(await store.history(school, other.id)).toMatchObject([{ state: 'withdrawn', source: 'one_click' }]);
});

const ways = { 'the API': () => say('withdrawn'), 'a link': leaveByLink };
test.each(Object.entries(ways))(
  'who leaves by %s while a file is imported has the last word',
  async (_, leave) => {
    let leaving: Promise<unknown> | undefined;
    await db.app.forOrg(school, async (tx) => {
      await lockContacts(tx, school, [anna]); // as an import does before it looks at the ledger
      leaving = leave();
      await vi.waitFor(async () => {
        const { rows } = await db.owner.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        expect(rows).toHaveLength(1);
      });
      const line = {
        contactId: anna,
        channel: 'email',
        topic: 'news',
        source: 'import',
        occurredAt: at,
      } as const;
      await appendConsent(tx, school, [{ ...line, state: 'granted' }]);
    });
    await leaving;
    const [last] = (await store.history(school, anna)) ?? [];
    expect(last).toMatchObject({ state: 'withdrawn' });
  },
);

test('nobody can rewrite the ledger', async () => {
  const line = await say('granted', { text_version: 'v3' });
  const attempt = (set: string) =>
    db.app.forOrg(school, (tx) =>
      tx
        .updateTable('consents')
        .set(JSON.parse(set))
        .where('org_id', '=', school)
        .where('id', '=', line.id)
        .execute(),
    );
  await expect(attempt('{"state":"withdrawn"}')).rejects.toThrow(/permission denied/);
  await expect(attempt('{"evidence":{"text_version":"v4"}}')).rejects.toThrow(/does not change/);
});

test('another organization sees and adds nothing', async () => {
  const asked = await say('pending');
  const other = await db.organization('Other school');
  expect(await store.history(other, anna)).toBeNull();
  expect(await store.confirm(other, asked.id as ConsentId, {}, at)).toBeNull();
  await expect(
    store.append(
      other,
      { contactId: anna, channel: '*', topic: '*', state: 'withdrawn', source: 'x', occurredAt: at },
      change,
    ),
  ).rejects.toMatchObject({ code: 'not_found' });
  expect(await store.history(school, anna)).toHaveLength(1);
});
