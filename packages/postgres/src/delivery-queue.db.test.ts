import type { EndpointId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { AfterTry } from '@halyard/core/outbox/after-try';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PgDeliveryQueue } from './delivery-queue.js';
import { tellOutside } from './outbox-writer.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const now = new Date(Date.now() + 600_000); // whatever the tests make is due by then
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const delivered: AfterTry = { delivery: 'delivered', status: 204 };
const retryAt = (dueAt: Date, disable: string | null = null): AfterTry => ({
  delivery: 'retry',
  dueAt,
  status: 500,
  error: 'It answered 500.',
  disable,
});
let db: TestDatabase;
let queue: PgDeliveryQueue;
let other: PgDeliveryQueue;
beforeAll(async () => {
  db = await openTestDatabase();
  queue = new PgDeliveryQueue(db.worker);
  other = new PgDeliveryQueue(db.worker); // as another process has it
});
beforeEach(() => db.owner.query('delete from outbox; delete from endpoints'));
afterAll(() => db.drop());

async function endpoint(orgId: OrgId, types = '{*}'): Promise<EndpointId> {
  const id = randomIds<EndpointId>();
  await db.owner.query(
    `insert into endpoints (org_id, id, url, event_types, secrets, key_id) values ($1, $2, 'https://example.com', $3, '', 'k')`,
    [orgId, id, types],
  );
  return id;
}
const tell = (orgId: OrgId, n: number, type = 'message.sent') =>
  db.app.forOrg(orgId, (tx) =>
    tellOutside(
      tx,
      Array.from({ length: n }, () => ({
        orgId,
        id: randomIds<never>(),
        type,
        payload: { a: 1 },
        occurredAt: now,
      })),
    ),
  );
const states = async () =>
  (await db.owner.query('select status, tries, due_at, last_status, last_error from deliveries')).rows;

test('a delivery is claimed by one process, and delivered once', async () => {
  const org = await db.organization();
  await endpoint(org);
  await tell(org, 1);
  const [mine, theirs] = await Promise.all([queue.claim(10, now), other.claim(10, now)]);
  expect(mine.length + theirs.length).toBe(1);
  const [winner, held] = mine[0] ? [queue, mine[0]] : [other, theirs[0]];
  expect(held).toMatchObject({ orgId: org, tries: 1, outbox: { type: 'message.sent', payload: { a: 1 } } });
  if (held) await winner.record(held, delivered, now);
  expect(await states()).toMatchObject([{ status: 'delivered', last_status: 204 }]);
  expect(await queue.claim(10, later(600))).toEqual([]);
});

test('what a killed process held is delivered by another one when the lease runs out, and the late word of the first is not heard', async () => {
  const org = await db.organization();
  await endpoint(org);
  await tell(org, 1);
  const [held] = await queue.claim(10, now);
  expect(await other.claim(10, later(29))).toEqual([]);
  expect(await other.nextDueAt(now)).toEqual(later(30));
  const [taken] = await other.claim(10, later(31));
  expect(taken).toMatchObject({ id: held?.id, tries: 2 });
  if (taken) await other.record(taken, delivered, later(62));
  if (held) await queue.record(held, retryAt(later(99)), later(62));
  expect(await states()).toMatchObject([{ status: 'delivered', tries: 2 }]);
});

test('a retry is due when it says, and the endpoint is known to be failing until a delivery gets through', async () => {
  const org = await db.organization();
  await endpoint(org);
  await tell(org, 1);
  const failing = async () =>
    (await db.owner.query('select failing_since from endpoints')).rows[0].failing_since;
  const [first] = await queue.claim(10, now);
  if (first) await queue.record(first, retryAt(later(5)), now);
  expect(await failing()).toEqual(now);
  expect(await queue.claim(10, later(4))).toEqual([]);
  expect(await queue.nextDueAt(now)).toEqual(later(5));
  const [second] = await queue.claim(10, later(5));
  expect(second?.endpoint.failingSince).toEqual(now);
  if (second) await queue.record(second, delivered, later(6));
  expect(await failing()).toBeNull();
});

test('one organization with a flood does not hold up another, nor one endpoint the rest', async () => {
  const flooded = await db.organization('Flooded');
  const quiet = await db.organization('Quiet');
  await endpoint(flooded);
  await endpoint(flooded, '{booking.created}');
  await tell(flooded, 50);
  await tell(flooded, 1, 'booking.created');
  await endpoint(quiet);
  await tell(quiet, 1);
  const first = await queue.claim(4, now);
  expect(first.map((one) => one.orgId)).toContain(quiet);
  const rest = await queue.claim(100, now);
  const all = [...first, ...rest];
  const perEndpoint = Map.groupBy(all, (one) => one.endpoint.id);
  expect([...perEndpoint.values()].map((some) => some.length).sort()).toEqual([1, 1, 5].sort());
});

test('an endpoint that is to be disabled is so once: others are told, an audit line stays, nothing more is claimed', async () => {
  const org = await db.organization();
  const broken = await endpoint(org, '{message.sent}');
  const watcher = await endpoint(org, '{endpoint.disabled}');
  await tell(org, 3);
  const [one, two] = await queue.claim(2, now);
  if (one) await queue.record(one, retryAt(later(5), 'gone'), now);
  if (two) await queue.record(two, retryAt(later(5), 'gone'), now);
  const claimed = await queue.claim(10, later(10));
  expect(claimed.map((delivery) => [delivery.endpoint.id, delivery.outbox.type])).toEqual([
    [watcher, 'endpoint.disabled'],
  ]);
  const { rows } = await db.owner.query(`select target_id from audit_log where action = 'endpoint.disabled'`);
  expect(rows).toEqual([{ target_id: broken }]);
});

test('a delivery that failed for good is put before a person', async () => {
  const org = await db.organization();
  await endpoint(org);
  await tell(org, 1);
  const [held] = await queue.claim(1, now);
  if (held)
    await queue.record(
      held,
      { delivery: 'failed', status: 500, error: 'It answered 500.', disable: null },
      now,
    );
  const { rows } = await db.owner.query(
    `select kind, subject_id, reason from review_items where org_id = $1`,
    [org],
  );
  expect(rows).toEqual([{ kind: 'failed_delivery', subject_id: held?.id, reason: 'It answered 500.' }]);
});
