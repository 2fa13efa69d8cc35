import type { ContactInput } from '@halyard/contracts/contacts/contact';
import type { MergeId } from '@halyard/core/contacts/merges';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendConsent } from './consents.js';
import { upsertContacts } from './contact-writer.js';
import { PgMergeStore } from './merges.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const change = { actor: { type: 'automation' as const, id: 'test' }, at: new Date('2026-05-01T08:00:00Z') };
let db: TestDatabase;
let store: PgMergeStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgMergeStore(db.app);
  school = await db.organization();
});
afterAll(() => db.drop());

let n = 0;
const person = fc.record(
  {
    first_name: fc.constantFrom('Anna', 'Ben', 'Zoë'),
    last_name: fc.string({ maxLength: 5 }),
    locale: fc.constantFrom('de', 'en'),
    attributes: fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.oneof(fc.integer(), fc.string({ maxLength: 3 }), fc.constant([{ x: 1 }])),
    ),
    withMail: fc.boolean(),
    withExternalId: fc.boolean(),
    consents: fc.array(fc.constantFrom('granted' as const, 'withdrawn' as const), { maxLength: 3 }),
    bookings: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: ['withMail', 'withExternalId', 'consents', 'bookings'] },
);
type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;

async function make({ withMail, withExternalId, consents, bookings, ...fields }: Person): Promise<ContactId> {
  n += 1;
  const input = {
    ...fields,
    ...(withMail && { email: `p${n}@example.org` }),
    ...(withExternalId && { external_id: `p${n}` }),
  } as ContactInput;
  return db.app.forOrg(school, async (tx) => {
    const [result] = await upsertContacts(tx, school, [input], change.at);
    if (result?.outcome !== 'created') throw new Error('not created');
    await appendConsent(
      tx,
      school,
      consents.map((state) => ({
        contactId: result.id,
        channel: 'email',
        topic: '*',
        state,
        source: 'test',
        occurredAt: change.at,
      })),
    );
    for (let b = 0; b < bookings; b++)
      await tx
        .insertInto('bookings')
        .values({
          org_id: school,
          id: randomIds(),
          contact_id: result.id,
          starts_at: change.at,
          ends_at: change.at,
          time_zone: 'UTC',
        })
        .execute();
    return result.id;
  });
}

/** Everything that belongs to the two, but for the moment of the last change and what the merge itself recorded. */
async function everything(ids: ContactId[]) {
  const { rows } = await db.owner.query(
    `select 'contact' as t, to_jsonb(c) - 'updated_at' as row from contacts c where org_id = $1 and id = any ($2)
     union all select 'identity', to_jsonb(i) from identities i where org_id = $1 and contact_id = any ($2)
     union all select 'consent', to_jsonb(c) from consents c where org_id = $1 and contact_id = any ($2)
     union all select 'booking', to_jsonb(b) from bookings b where org_id = $1 and contact_id = any ($2)
     union all select 'event', to_jsonb(e) from events e where org_id = $1 and contact_id = any ($2) and type not in ('contact.merged', 'contact.unmerged')
     union all select 'pending', to_jsonb(p) from pending_events p join events e on e.org_id = p.org_id and e.id = p.event_id
       where p.org_id = $1 and p.contact_id = any ($2) and type not in ('contact.merged', 'contact.unmerged')
     order by 1, 2`,
    [school, ids],
  );
  return rows;
}

test('Feature: contacts, Property 1: a merge that is taken back leaves both contacts exactly as they were', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(person, person, async (one, other) => {
      const ids = [await make(one), await make(other)];
      const [winner, loser] = ids as [ContactId, ContactId];
      const before = await everything(ids);
      const merge = await store.merge(school, winner, loser, change);
      const merged = await everything([loser]);
      expect(merged.map((row) => row.t)).toEqual(['contact']); // all else moved
      await store.undo(school, merge.id as MergeId, change);
      expect(await everything(ids)).toEqual(before);
    }),
    { numRuns: 100 },
  );
});
