import type { OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { upsertContacts } from './contact-writer.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const at = new Date('2026-05-01T08:00:00Z');
let db: TestDatabase;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
});
beforeEach(async () => {
  school = await db.organization();
});
afterAll(() => db.drop());

const upsert = (...inputs: Parameters<typeof upsertContacts>[2]) =>
  db.app.forOrg(school, (tx) => upsertContacts(tx, school, inputs, at));
const idOf = (result: Awaited<ReturnType<typeof upsert>>[number] | undefined) =>
  result && 'id' in result ? result.id : undefined;
const stored = async () =>
  (
    await db.owner.query(
      `select external_id, first_name, attributes,
         array(select kind || ' ' || address from identities i where i.org_id = c.org_id and contact_id = c.id order by 1) as addresses
       from contacts c where org_id = $1 order by created_at, id`,
      [school],
    )
  ).rows;

test('a contact is made once and found again by its external id or any address, however it is written', async () => {
  const [first] = await upsert({
    external_id: 'crm-1',
    email: 'Anna.Voss@Example.org',
    phone: '+49 151 23456789',
    first_name: 'Anna',
    attributes: { level: 1, boat: 'Jolle' },
  });
  expect(first?.outcome).toBe('created');
  const again = await upsert(
    { email: ' anna.voss@example.ORG ', attributes: { level: 2, boat: null } },
    { phone: '0049 151 23456789', external_id: 'crm-1', first_name: 'Anna' },
  );
  expect(again).toEqual([
    { outcome: 'updated', id: idOf(first) },
    { outcome: 'unchanged', id: idOf(first) },
  ]);
  expect(await stored()).toEqual([
    {
      external_id: 'crm-1',
      first_name: 'Anna',
      attributes: { level: 2 },
      addresses: ['email anna.voss@example.org', 'phone +4915123456789'],
    },
  ]);
});

test('national numbers are read in the country of the organization', async () => {
  await db.owner.query(`update organization_settings set country = 'DE' where org_id = $1`, [school]);
  await upsert({ phone: '0151 23456789' }, { phone: '044 668 18 00', country: 'CH' });
  expect((await stored()).flatMap((row) => row.addresses).sort()).toEqual([
    'phone +41446681800',
    'phone +4915123456789',
  ]);
});

test('rows of one batch that mean the same person become one contact', async () => {
  const results = await upsert(
    { email: 'a@example.org' },
    { email: 'a@example.org', external_id: 'x' },
    { external_id: 'x', phone: '+4915123456789' },
  );
  expect(results.map((one) => one.outcome)).toEqual(['created', 'updated', 'updated']);
  expect(new Set(results.map(idOf)).size).toBe(1);
  expect(await stored()).toMatchObject([
    { external_id: 'x', addresses: ['email a@example.org', 'phone +4915123456789'] },
  ]);
});

test('a row whose keys mean different people is refused and writes nothing; the others go through', async () => {
  await upsert({ external_id: 'a', email: 'a@example.org' }, { external_id: 'b', email: 'b@example.org' });
  const [torn, foreign, wrong, fine] = await upsert(
    { external_id: 'a', email: 'b@example.org', first_name: 'Torn' },
    { external_id: 'new', email: 'a@example.org' },
    { email: 'not a mail address' },
    { email: 'fine@example.org' },
  );
  expect([torn, foreign, wrong, fine].map((one) => one?.outcome)).toEqual([
    'refused',
    'refused',
    'refused',
    'created',
  ]);
  expect(torn).toMatchObject({
    issues: [{ message: expect.stringContaining('belongs to another contact') }],
  });
  expect((await stored()).map((row) => [row.external_id, row.first_name])).toEqual([
    ['a', null],
    ['b', null],
    [null, null],
  ]);
});

test('each change is one event that names what changed but holds no personal data', async () => {
  await upsert({ email: 'a@example.org', first_name: 'Anna' });
  await upsert({ email: 'a@example.org', first_name: 'Anne', attributes: { level: 3 } });
  await upsert({ email: 'a@example.org', first_name: 'Anne' });
  const { rows } = await db.owner.query('select type, payload from events where org_id = $1 order by id', [
    school,
  ]);
  expect(rows).toEqual([
    { type: 'contact.created', payload: {} },
    { type: 'contact.updated', payload: { changed: ['attributes.level', 'first_name'] } },
  ]);
});

test('writers with the same new address at the same moment make one contact', async () => {
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, n) => upsert({ email: 'race@example.org', attributes: { [`k${n}`]: n } })),
  );
  expect(new Set(results.map(([one]) => idOf(one))).size).toBe(1);
  const [row] = await stored();
  expect(Object.keys(row.attributes)).toHaveLength(8);
});

test('another organization has its own contact with the same address', async () => {
  const [ours] = await upsert({ email: 'a@example.org', external_id: 'x' });
  const other = await db.organization('Other school');
  const [theirs] = await db.app.forOrg(other, (tx) =>
    upsertContacts(tx, other, [{ email: 'a@example.org', external_id: 'x', first_name: 'Theirs' }], at),
  );
  expect(theirs?.outcome).toBe('created');
  expect(idOf(theirs)).not.toBe(idOf(ours));
  expect(await stored()).toMatchObject([{ first_name: null }]);
});

test('five thousand contacts, 500 at a time', { timeout: 60_000 }, async () => {
  const rows = Array.from({ length: 5_000 }, (_, n) => ({
    external_id: `c${n}`,
    email: `person${n}@example.org`,
    phone: `+49151${String(20_000_000 + n)}`,
    first_name: 'Anna',
    attributes: { n },
  }));
  for (let n = 0; n < rows.length; n += 500) await upsert(...rows.slice(n, n + 500));
  expect(await stored()).toHaveLength(5_000);
});

test('writers wait for one another where they mean the same new contact, and not where theirs are there already', async () => {
  const guests = (from: number) =>
    Array.from({ length: 200 }, (_, n) => ({ external_id: `guest-${from + n}`, attributes: { seen: from } }));
  await upsert(...guests(0), ...guests(200));
  let second: ReturnType<typeof upsert> | undefined;
  await db.app.forOrg(school, async (tx) => {
    await upsertContacts(tx, school, [...guests(0).map(seenAgain), { external_id: 'new' }], at);
    expect(await upsert(...guests(200).map(seenAgain))).toHaveLength(200);
    second = upsert({ external_id: 'new', first_name: 'Nele' });
    await vi.waitFor(async () => {
      const { rows } = await db.owner.query(
        `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`,
      );
      expect(rows).toHaveLength(1);
    });
  });
  expect(await second).toMatchObject([{ outcome: 'updated' }]);
});

const seenAgain = ({ external_id }: { external_id: string }) => ({
  external_id,
  attributes: { seen: 'again' },
});
