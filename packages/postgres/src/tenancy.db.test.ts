import { afterAll, beforeAll, expect, test } from 'vitest';
import { tenancyFaults } from './testing/tenancy-faults.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

const exemptions = {
  tables: [
    'migrations', // which files were applied: the same for everyone
    'figures_counted', // up to when figures were counted: one moment for all organizations
    'rounds_begun', // what workers are at: ids of many organizations, for workers only
    'backups', // files that hold all organizations; no route of the API shows them
    'restores', // of the whole installation
  ],
  indexes: [
    // Loops look for due rows of all organizations at once.
    'runs_due',
    'campaigns_due',
    'messages_leased',
    'messages_awaited',
    'outreach_items_waiting',
    'pending_events_nobodys',
    'sandbox_reports_due',
    'deliveries_next',
    'workflow_calls_next',
    // What was kept long enough is removed over all organizations at once.
    'provider_reports_kept',
    // An inbound webhook names its connection, or its hook, by a random token, before any organization is known.
    'connections_webhook_token',
    'inbound_hooks_token',
  ],
  policies: [
    'app_by_webhook_token', // shows the one connection whose token is known, for the same reason
    'app_by_inbound_token', // shows the one hook whose token is known, likewise
    'backup_reads_all', // of a role that reads everything into a backup, and writes nothing
  ],
  functions: [
    'chain_audit_row', // a trigger: gives the row that was just inserted its place, which nobody else may change
  ],
  appendOnly: [
    'audit_log',
    'consents',
    'decisions',
    'event_keys',
    'events',
    'flow_assignments',
    'links',
    'message_keys',
    // Not outbox: what endpoints were told is removed some day (core/retention).
    // Not provider_reports: one that came before its call was recorded is put in again, under its message.
    'run_keys',
    'template_versions',
  ],
  erasable: [
    'consents.contact_id',
    'consents.evidence',
    'decisions.contact_id',
    'decisions.facts',
    'events.contact_id',
    'events.payload',
  ],
};

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

test('every table keeps its organizations apart, and ledgers can only grow', async () => {
  expect(await tenancyFaults(db.owner, exemptions)).toEqual([]);
});

test('every exemption is still needed', async () => {
  const none = { ...exemptions, tables: [], indexes: [], policies: [], functions: [], erasable: [] };
  const faults = (await tenancyFaults(db.owner, none)).join('\n');
  for (const table of exemptions.tables) expect(faults).toContain(`table ${table}:`);
  for (const index of exemptions.indexes) expect(faults).toContain(`index ${index}:`);
  for (const name of exemptions.functions) expect(faults).toContain(`function ${name}()`);
  for (const policy of exemptions.policies) expect(faults).toContain(`policy ${policy} of`);
  for (const [table, column] of exemptions.erasable.map((name) => name.split('.')))
    expect(faults).toContain(`UPDATE ${column} of the append-only table ${table}`);
});

/** Each is a mistake that somebody could make in a migration, and a part of the sentence that must name it. */
const mistakes = [
  ['create table wrong (id uuid primary key)', 'table wrong: begin its primary key'],
  ['create table wrong (id uuid primary key)', 'table wrong: enable and force'],
  [
    'create table wrong (org_id uuid, id uuid, primary key (id, org_id))',
    'table wrong: begin its primary key',
  ],
  [
    'create table wrong (org_id uuid, id uuid, primary key (org_id, id)); alter table wrong enable row level security',
    'table wrong: enable and force',
  ],
  ['create index wrong on products (name)', 'index wrong: begin it'],
  ['create unique index wrong on products (lower(name))', 'index wrong: begin it'],
  [
    'create unique index id_only on products (id, org_id); alter table outbox add constraint wrong foreign key (id, org_id) references products (id, org_id)',
    'foreign key wrong of outbox',
  ],
  [
    'create policy wrong on products to halyard_app using (true) with check (true)',
    'policy wrong of products: only',
  ],
  [
    'create policy wrong on products for select to halyard_app using (org_id = (select current_org()))',
    'policy wrong of products: give it both',
  ],
  ['create policy wrong on products using (true) with check (true)', 'policy wrong of products: only'],
  [
    'grant update on audit_log to halyard_app',
    'halyard_app may UPDATE changes of the append-only table audit_log',
  ],
  [
    'grant update (type) on events to halyard_app',
    'halyard_app may UPDATE type of the append-only table events',
  ],
  ['grant delete on consents to halyard_app', 'halyard_app may DELETE on the append-only table consents'],
  ['grant truncate on products to halyard_app', 'halyard_app may TRUNCATE products'],
  [
    'grant usage on schema auth to halyard_worker; grant select on auth.session to halyard_worker',
    'auth.session',
  ],
  ['create view wrong as select * from products', 'view wrong: create it with'],
  ['create materialized view wrong as select 1 as one', 'materialized view wrong'],
  [
    'create function wrong() returns int language sql security definer return 1',
    'function wrong() runs as its owner',
  ],
] as const;

test.each(mistakes)('the check names the mistake: %s', async (mistake, sentence) => {
  const client = await db.owner.connect();
  try {
    await client.query('begin');
    await client.query(mistake);
    expect((await tenancyFaults(client, exemptions)).join('\n')).toContain(sentence);
  } finally {
    await client.query('rollback');
    client.release();
  }
});
