import { ContactInput, ContactPatch } from '@halyard/contracts/contacts/contact';
import { ContactQuery } from '@halyard/contracts/contacts/routes';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgContactStore } from './contacts.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const change = { actor: { type: 'automation' as const, id: 'test' }, at: new Date('2026-05-01T08:00:00Z') };
let db: TestDatabase;
let store: PgContactStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgContactStore(db.app);
});
beforeEach(async () => {
  school = await db.organization();
});
afterAll(() => db.drop());

const create = async (input: ContactInput, org = school) => {
  const written = await store.create(org, ContactInput.parse(input), change);
  if (written.outcome === 'refused') throw new Error(written.issues[0]?.message);
  return { ...written.contact, id: written.contact.id as ContactId };
};
const update = (id: ContactId, patch: ContactPatch) =>
  store.update(school, id, ContactPatch.parse(patch), change);
const names = async (query: object) =>
  (await store.list(school, ContactQuery.parse(query))).items.map((one) => one.first_name);

test('a contact that exists is not created again, and nothing of the attempt stays', async () => {
  const anna = await create({ email: 'anna@example.org', first_name: 'Anna' });
  await expect(
    create({ email: 'anna@example.org', first_name: 'Other', phone: '+4915123456789' }),
  ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining(anna.id) });
  expect(await store.find(school, anna.id)).toEqual(anna);
});

test('a patch changes fields, merges attributes, adds and removes addresses', async () => {
  const anna = await create({
    email: 'anna@example.org',
    first_name: 'Anna',
    last_name: 'Voss',
    attributes: { level: 1, boat: 'Jolle' },
  });
  const written = await update(anna.id, {
    last_name: null,
    attributes: { level: 2, boat: null },
    add_identities: [{ kind: 'phone', address: '+49 151 23456789' }],
    remove_identities: [{ kind: 'email', address: 'ANNA@example.org' }],
  });
  expect(written).toMatchObject({
    outcome: 'updated',
    contact: { first_name: 'Anna', last_name: null, attributes: { level: 2 } },
  });
  expect((await store.find(school, anna.id))?.identities.map((one) => one.address)).toEqual([
    '+4915123456789',
  ]);
});

test('an address or external id of another contact is not taken away from it', async () => {
  await create({ email: 'anna@example.org', external_id: 'a' });
  const ben = await create({ email: 'ben@example.org' });
  expect(
    await update(ben.id, { add_identities: [{ kind: 'email', address: 'anna@example.org' }] }),
  ).toMatchObject({
    outcome: 'refused',
  });
  expect(await update(ben.id, { external_id: 'a' })).toMatchObject({ outcome: 'refused' });
});

test('contacts are found by the beginning of a name or address, and by whole keys however written', async () => {
  await create({
    email: 'anna.voss@example.org',
    first_name: 'Anna',
    last_name: 'Voss',
    external_id: 'crm-1',
  });
  await create({ phone: '+4915123456789', first_name: 'Ben', last_name: '100% Sailor' });
  expect(await names({ search: 'vos' })).toEqual(['Anna']);
  expect(await names({ search: 'Anna V' })).toEqual(['Anna']);
  expect(await names({ search: 'ANNA.voss@' })).toEqual(['Anna']);
  expect(await names({ search: '+49151' })).toEqual(['Ben']);
  expect(await names({ search: '100%' })).toEqual(['Ben']);
  expect(await names({ search: '%' })).toEqual([]);
  expect(await names({ email: 'Anna.Voss@EXAMPLE.org' })).toEqual(['Anna']);
  expect(await names({ phone: '0049 151 23456789' })).toEqual(['Ben']);
  expect(await names({ external_id: 'crm-1' })).toEqual(['Anna']);
  expect(await names({ email: 'no address' })).toEqual([]);
});

test('what is found goes from page to page, narrowed by what else is asked for', async () => {
  for (let n = 0; n < 6; n++) {
    const country = n % 2 ? 'DE' : 'AT';
    await create({ first_name: `Sailor ${n}`, last_name: 'Sail', email: `sail-${n}@example.org`, country });
  }
  const query = { search: 'sail', country: 'DE', limit: 2 };
  const first = await store.list(school, query);
  const second = await store.list(school, { ...query, cursor: first.next_cursor ?? '' });
  expect([first, second].map(({ items }) => items.map((one) => one.first_name))).toEqual([
    ['Sailor 5', 'Sailor 3'],
    ['Sailor 1'],
  ]);
  expect(second.next_cursor).toBeNull();
});

test('a list goes from page to page without losing or repeating a contact', async () => {
  for (let n = 0; n < 5; n++) await create({ first_name: `c${n}` });
  const first = await store.list(school, { limit: 3 });
  const second = await store.list(school, { limit: 3, cursor: first.next_cursor ?? '' });
  expect([...first.items, ...second.items].map((one) => one.first_name)).toEqual([
    'c4',
    'c3',
    'c2',
    'c1',
    'c0',
  ]);
});

test.each([
  ['name', ['Ada', 'Lena', 'Ole', 'Nameless 1', 'Nameless 2']],
  ['name_desc', ['Nameless 2', 'Nameless 1', 'Ole', 'Lena', 'Ada']],
  ['oldest', ['Nameless 1', 'Lena', 'Ole', 'Nameless 2', 'Ada']],
] as const)('a list is sorted as asked for (%s) from page to page', async (order, expected) => {
  await create({ first_name: 'Nameless 1' });
  await create({ first_name: 'Lena', last_name: 'petersen' });
  await create({ first_name: 'Ole', last_name: 'Petersen' });
  await create({ first_name: 'Nameless 2' });
  await create({ first_name: 'Ada', last_name: 'Iversen' });
  const found: (string | null)[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list(school, { limit: 2, order, ...(cursor && { cursor }) });
    found.push(...page.items.map((one) => one.first_name));
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  expect(found).toEqual(expected);
});

test('an endpoint is told of a change with the whole contact; the audit log names what changed, not the values', async () => {
  await db.owner.query(
    `insert into endpoints (org_id, id, url, event_types, secrets, key_id) values ($1, $2, 'https://example.com', '{contact.updated}', '', 'k')`,
    [school, randomIds()],
  );
  const anna = await create({ email: 'anna@example.org', first_name: 'Anna' });
  await update(anna.id, { first_name: 'Anne' });
  const { rows } = await db.owner.query('select type, payload from outbox where org_id = $1', [school]);
  expect(rows).toEqual([
    {
      type: 'contact.updated',
      payload: {
        contact_id: anna.id,
        changed: ['first_name'],
        contact: expect.objectContaining({
          first_name: 'Anne',
          identities: [expect.objectContaining({ address: 'anna@example.org' })],
        }),
      },
    },
  ]);
  const audit = await db.owner.query('select action, changes from audit_log where org_id = $1 order by seq', [
    school,
  ]);
  expect(audit.rows).toEqual([
    { action: 'contact.created', changes: { changed: ['email', 'first_name'] } },
    { action: 'contact.updated', changes: { changed: ['first_name'] } },
  ]);
});

test('another organization sees nothing and changes nothing', async () => {
  const anna = await create({ email: 'anna@example.org', external_id: 'x' });
  const other = await db.organization('Other school');
  expect(await store.find(other, anna.id)).toBeNull();
  expect((await store.list(other, { limit: 10, email: 'anna@example.org' })).items).toEqual([]);
  expect(await store.update(other, anna.id, { first_name: 'Mine' }, change)).toBeNull();
  expect((await create({ email: 'anna@example.org', external_id: 'x' }, other)).id).not.toBe(anna.id);
  expect(await store.find(school, anna.id)).toEqual(anna);
});
