import { EventInput } from '@halyard/contracts/events/event';
import type { Receipt } from '@halyard/core/events/events';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgEventStore } from './events.js';
import { listenTo, publish } from './testing/deciding.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const now = new Date('2026-04-01T10:00:00Z');
let db: TestDatabase;
let store: PgEventStore;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  store = new PgEventStore(db.app, randomIds);
  school = await db.organization();
});
afterAll(() => db.drop());

const login = (given: object) => EventInput.parse({ type: 'user.login', ...given });
const record = (...events: object[]) => store.record(school, events.map(login), now);
const mia = { contact: { email: 'Mia@Example.com' } };

test('an event names its contact by id, external id or address; it is made only when asked', async () => {
  expect(await record(mia)).toMatchObject([
    { kind: 'refused', code: 'invalid_request', issues: [{ path: 'contact' }] },
  ]);
  const [made, found] = await record({ ...mia, create_contact: true }, mia);
  expect(found).toMatchObject({ kind: 'recorded', duplicate: false });
  const contactId = made?.kind === 'recorded' ? made.contactId : null;
  expect(found).toMatchObject({ contactId });
  expect(await record({ contact_id: contactId }, { contact_id: randomIds() }, {})).toMatchObject([
    { kind: 'recorded', contactId },
    { kind: 'refused', issues: [{ path: 'contact_id' }] },
    { kind: 'recorded', contactId: null },
  ]);
});

test('one broken event of a batch does not cost the others', async () => {
  const results = await record(
    { id: 'b1' },
    { id: 'b2', contact: { email: 'nobody@example.com' } },
    { id: 'b1', payload: { other: true } },
    { id: 'b1' },
    { id: 'b3' },
  );
  expect(results.map((one) => (one.kind === 'recorded' ? one.duplicate : one.code))).toEqual([
    false,
    'invalid_request',
    'idempotency_conflict',
    true,
    false,
  ]);
});

test('Feature: events, Property 1: however often and concurrently events are sent, each id is recorded once', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 }), {
        minLength: 1,
        maxLength: 4,
      }),
      async (senders) => {
        round += 1;
        const batches = senders.map((ids) => record(...ids.map((id) => ({ id: `p${round}-${id}` }))));
        const receipts = (await Promise.all(batches)).flat();
        const sent = senders.flat();
        const byId = new Map<number, Set<string>>();
        for (const [n, id] of sent.entries()) {
          const receipt = receipts[n];
          if (receipt?.kind !== 'recorded') throw new Error('refused');
          byId.set(id, (byId.get(id) ?? new Set()).add(receipt.id));
        }
        for (const ids of byId.values()) expect(ids.size).toBe(1);
        const fresh = receipts.filter((one) => one.kind === 'recorded' && !one.duplicate);
        expect(fresh.length).toBe(new Set(sent).size);
      },
    ),
    { numRuns: 100 },
  );
});

/** Which of these receipts' events wait for a decision, in their order in the queue. */
async function queued(receipts: readonly Receipt[]): Promise<string[]> {
  const ids = receipts.map((one) => (one.kind === 'recorded' ? one.id : ''));
  const { rows } = await db.owner.query(
    'select event_id from pending_events where event_id = any ($1) order by seq',
    [ids],
  );
  return rows.map((row) => row.event_id);
}

test('what no flow can make anything of is put on record and does not wait for a decision', async () => {
  const quiet = await db.organization();
  await listenTo(db, quiet, 'order.placed');
  const send = (...types: string[]) =>
    store.record(
      quiet,
      types.map((type) => EventInput.parse({ type, ...mia, create_contact: true })),
      now,
    );
  const receipts = await send('user.login', 'user.logout');
  expect(await queued(receipts)).toEqual([]);
  expect((await store.list(quiet, { limit: 10, type: 'user.logout' })).items).toHaveLength(1);
});

test('what starts a flow waits, and so does all that comes after it about the same contact', async () => {
  const busy = await db.organization();
  await listenTo(db, busy, 'order.*');
  const [before, order, after, others] = await store.record(
    busy,
    [
      { type: 'user.login', ...mia },
      { type: 'order.placed', ...mia },
      { type: 'user.logout', ...mia },
      { type: 'user.logout', contact: { email: 'other@example.com' } },
    ].map((event) => EventInput.parse({ ...event, create_contact: true })),
    now,
  );
  if (!before || !order || !after || !others) throw new Error('There are four receipts.');
  expect(await queued([before, order, after, others])).toEqual([idOf(order), idOf(after)]);
  const [later] = await store.record(busy, [EventInput.parse({ type: 'user.logout', ...mia })], now);
  if (!later) throw new Error('There is a receipt.');
  expect(await queued([later])).toEqual([idOf(later)]);
});

test('what is shut out of every flow by the event alone waits no longer, until a flow is published that it may start', async () => {
  const shop = await db.organization();
  const filter = {
    all: [
      { field: 'event.payload.total', op: 'gte' as const, value: 1_000 },
      { field: 'contact.attributes.blocked', op: 'missing' as const },
    ],
  };
  const flow = (type: string, rest: object = {}) =>
    publish(db, shop, `at-${type}`, {
      name: 'Orders',
      trigger: { type: 'event', event: type, ...rest },
      steps: [{ id: 'end', type: 'exit' }],
    });
  await flow('order.placed', { filter });
  const place = async (...totals: number[]) => {
    const inputs = totals.map((total, n) => {
      const contact = { email: `guest-${n}@example.com` };
      return EventInput.parse({ type: 'order.placed', contact, create_contact: true, payload: { total } });
    });
    const receipts = await store.record(shop, inputs, now);
    const waiting = await queued(receipts);
    await db.owner.query('delete from pending_events where org_id = $1', [shop]);
    return receipts.map((receipt) => waiting.includes(idOf(receipt)));
  };
  await place(); // what was published before is known from now on
  expect(await place(10, 1_000, 999)).toEqual([false, true, false]);
  await flow('order.*');
  expect(await place(10, 1_000)).toEqual([true, true]);
  const [large, after] = await store.record(
    shop,
    [1_000, 10].map((total) =>
      EventInput.parse({ type: 'user.login', contact: { email: 'guest-0@example.com' }, payload: { total } }),
    ),
    now,
  );
  if (!large || !after) throw new Error('There are two receipts.');
  expect(await queued([large, after])).toEqual([]);
});

const idOf = (receipt: Receipt): string => (receipt.kind === 'recorded' ? receipt.id : '');

test('pending events keep the order given', async () => {
  await listenTo(db, school, 'user.login');
  const given = Array.from({ length: 20 }, (_, n) => ({ ...mia, create_contact: true, payload: { n } }));
  const receipts = await record(...given);
  expect(await queued(receipts)).toEqual(receipts.map(idOf));
});

test('a timeline goes from page to page without losing or repeating an event', async () => {
  const at = (n: number) => new Date(now.getTime() + Math.floor(n / 2) * 1000).toISOString();
  const [made] = await record({ contact: { external_id: 'T1' }, create_contact: true });
  const contactId = (made?.kind === 'recorded' ? made.contactId : null) as ContactId;
  await record(...Array.from({ length: 7 }, (_, n) => ({ contact_id: contactId, occurred_at: at(n) })));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.timeline(school, contactId, { limit: 3, cursor });
    seen.push(...(page?.items.map((event) => event.id) ?? []));
    cursor = page?.next_cursor ?? undefined;
  } while (cursor);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBe(9); // the seven, the first one, and contact.created
});

test('another organization sees nothing', async () => {
  const other = await db.organization('Another school');
  const [made] = await record({ contact: { external_id: 'T2' }, create_contact: true });
  const contactId = (made?.kind === 'recorded' ? made.contactId : null) as ContactId;
  expect((await store.list(other, { limit: 10 })).items).toEqual([]);
  expect(await store.timeline(other, contactId, { limit: 10 })).toBeNull();
  expect(await store.record(other, [login({ contact_id: contactId })], now)).toMatchObject([
    { kind: 'refused' },
  ]);
});
