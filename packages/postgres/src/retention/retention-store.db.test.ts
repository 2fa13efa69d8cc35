import { retentionDays } from '@halyard/contracts/retention';
import { ManualClock } from '@halyard/core/clock';
import type { OrgId } from '@halyard/core/ids';
import { firstIdAt } from '@halyard/core/ids';
import { noMetrics } from '@halyard/core/metrics';
import { Retention } from '@halyard/core/retention/retention';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgFailureStore } from '../alerts/failures.js';
import { inventRow } from '../testing/invented-row.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { PgRetentionStore } from './retention-store.js';

let db: TestDatabase;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  school = await db.organization();
});
afterAll(() => db.drop());

const days = (n: number): Date => new Date(Date.now() - n * 86_400_000);

const count = async (table: string, where = 'true'): Promise<number> =>
  (await db.owner.query(`select count(*)::int as n from ${table} where org_id = $1 and ${where}`, [school]))
    .rows[0].n;

const run = () =>
  new Retention(new PgRetentionStore(db.worker), retentionDays, new ManualClock(new Date()), noMetrics).run();

async function message(status: string, age: number): Promise<string> {
  const id = firstIdAt(days(age)).replace(/.{12}$/, () => String(++made).padStart(12, '0'));
  await db.owner.query(
    `insert into messages (org_id, id, source, class, channels, planned_at, due_at, status, updated_at)
     values ($1, $2, 'api', 'service', '{email}', now(), now(), $3, $4)`,
    [school, id, status, days(age)],
  );
  await db.owner.query(`insert into message_payloads values ($1, $2, '{}')`, [school, id]);
  return id;
}
let made = 0;

test('payloads of messages that are over go, those that may still be needed stay', async () => {
  await message('delivered', 100);
  await message('skipped', 100);
  await message('delivered', 80);
  for (const status of ['scheduled', 'sending', 'unknown', 'dead']) await message(status, 100);
  expect(await run()).toEqual({ payloads: 2 });
  expect(await count('message_payloads')).toBe(5);
  expect(await count('messages')).toBe(7);
});

test('more than a chunk is removed in one run', async () => {
  await db.owner.query(
    `insert into idempotency_keys (org_id, key, route, request_hash, created_at)
     select $1, n::text, 'r', '', now() - interval '3 days' from generate_series(1, 2500) n`,
    [school],
  );
  await db.owner.query(
    `insert into idempotency_keys (org_id, key, route, request_hash) values ($1, 'fresh', 'r', '')`,
    [school],
  );
  expect(await run()).toEqual({ idempotency_keys: 2500 });
  expect(await count('idempotency_keys')).toBe(1);
});

test('a delivery that is still tried, or waits for a person, keeps what it tells', async () => {
  const deliveries = await Promise.all(
    (['delivered', 'failed', 'failed', 'pending'] as const).map(async (status) => {
      const row = await inventRow(db.owner, school, 'deliveries');
      await db.owner.query('update deliveries set status = $2 where id = $1', [row.id, status]);
      return row.id as string;
    }),
  );
  await db.owner.query(
    `insert into review_items (org_id, id, kind, subject_type, subject_id, reason)
     values ($1, $2, 'failed_delivery', 'delivery', $3, 'r')`,
    [school, deliveries[0], deliveries[2]],
  );
  await db.owner.query('update outbox set occurred_at = $1', [days(31)]);
  expect(await run()).toEqual({ webhooks: 2 });
  const { rows } = await db.owner.query('select id from deliveries order by id');
  expect(rows.map(({ id }) => id).sort()).toEqual([deliveries[2], deliveries[3]].sort());
});

test('of old reports only what the provider sent is emptied', async () => {
  await inventRow(db.owner, school, 'provider_reports');
  await db.owner.query(`update provider_reports set payload = '{"raw": 1}', received_at = $1`, [days(91)]);
  expect(await run()).toEqual({ reports: 1 });
  expect(await count('provider_reports', `payload = '{}'`)).toBe(1);
  expect(await run()).toEqual({});
});

test('the sandbox inbox and rejected rows go, and what proves something stays', async () => {
  await inventRow(db.owner, school, 'sandbox_inbox');
  await inventRow(db.owner, school, 'import_rejects');
  await inventRow(db.owner, school, 'suppressions');
  await inventRow(db.owner, school, 'consents');
  await inventRow(db.owner, school, 'decisions');
  await db.owner.query('update sandbox_inbox set received_at = $1', [days(31)]);
  await db.owner.query('update imports set finished_at = $1', [days(31)]);
  await db.owner.query('update suppressions set created_at = $1', [days(3_000)]);
  await db.owner.query('update decisions set at = $1', [days(3_000)]);
  expect(await run()).toEqual({ sandbox: 1, rejected_rows: 1 });
  for (const table of ['suppressions', 'consents', 'decisions']) expect(await count(table)).toBe(1);
});

test('alerts that are over and failures that do not happen any more go, with what belongs to them', async () => {
  const alert = async (status: string, resolved: number | null) => {
    const id = crypto.randomUUID();
    await db.owner.query(
      `insert into alerts (org_id, id, rule_name, metric, severity, scope, status, cause, summary, threshold, fired_at, resolved_at)
       values ($1, $2, 'R', 'failures', 'error', '', $3, 'threshold', '', 0, $4, $5)`,
      [school, id, status, days(400), resolved && days(resolved)],
    );
    await db.owner.query(
      `insert into alert_entries (org_id, alert_id, id, at, kind) values ($1, $2, gen_random_uuid(), now(), 'fired')`,
      [school, id],
    );
  };
  await alert('resolved', 366);
  await alert('resolved', 364);
  await alert('firing', null);
  const failures = new PgFailureStore(db.app);
  const report = { kind: 'reported', service: 's', message: 'm', severity: 'error', details: {} } as const;
  for (const age of [91, 89])
    await failures.record(school, { ...report, fingerprint: `${age}`, at: days(age) });
  expect(await run()).toMatchObject({ alerts: 1, failures: 1 });
  expect(await count('alerts')).toBe(2);
  expect(await count('alert_entries')).toBe(2);
  expect(await count('failures', "fingerprint = '89'")).toBe(1);
  expect(await count('failure_figures')).toBe(1);
});
