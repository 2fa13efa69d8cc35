import { firstIdAt } from '@halyard/core/ids';
import type { Removed, RetentionStore } from '@halyard/core/retention/retention';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../database.js';

/** Removes what is old, over all organizations. */
export class PgRetentionStore implements RetentionStore {
  constructor(private readonly database: Database) {}

  remove(what: Removed, before: Date, limit: number): Promise<number> {
    return this.database.across(async (tx) => {
      const { numAffectedRows } = await statements[what](before, limit).execute(tx);
      return Number(numAffectedRows ?? 0);
    });
  }
}

const statements: Record<Removed, (before: Date, limit: number) => RawBuilder<unknown>> = {
  // A message that may still be sent, or sent again, needs its very bytes. Ids grow with time: no message made later can
  // be old enough.
  payloads: (before, limit) => sql`
    delete from message_payloads where (org_id, message_id) in (
      select p.org_id, p.message_id from message_payloads p
      join messages m on m.org_id = p.org_id and m.id = p.message_id
      where p.message_id < ${firstIdAt(before)} and m.updated_at < ${before}
        and m.status not in ('scheduled', 'sending', 'unknown', 'dead')
      limit ${limit})`,
  // That it was reported, and when, stays: explanations and the count of soft bounces rest on it.
  reports: (before, limit) => sql`
    update provider_reports set payload = '{}' where (org_id, connection_id, report_key) in (
      select org_id, connection_id, report_key from provider_reports
      where received_at < ${before} and payload <> '{}'
      order by received_at limit ${limit})`,
  // Its deliveries go with it. What is to be tried again, by the loop or by a person, stays.
  webhooks: (before, limit) => sql`
    delete from outbox where (org_id, id) in (
      select o.org_id, o.id from outbox o
      where o.occurred_at < ${before} and not exists (
        select from deliveries d where d.org_id = o.org_id and d.outbox_id = o.id and (
          d.status = 'pending' or exists (
            select from review_items items where items.org_id = d.org_id and items.subject_type = 'delivery'
              and items.subject_id = d.id::text and items.status = 'open')))
      limit ${limit})`,
  sandbox: (before, limit) => sql`
    delete from sandbox_inbox where (org_id, id) in (
      select org_id, id from sandbox_inbox where received_at < ${before} limit ${limit})`,
  rejected_rows: (before, limit) => sql`
    delete from import_rejects where (org_id, import_id, line) in (
      select r.org_id, r.import_id, r.line from imports i
      join import_rejects r on r.org_id = i.org_id and r.import_id = i.id
      where i.finished_at < ${before} limit ${limit})`,
  // A run that is under way may still look at what was answered.
  workflow_calls: (before, limit) => sql`
    delete from workflow_calls where (org_id, id) in (
      select calls.org_id, calls.id from workflow_calls calls
      join runs on runs.org_id = calls.org_id and runs.id = calls.run_id
      where calls.id < ${firstIdAt(before)} and calls.status <> 'pending' and runs.status <> 'active'
        and runs.ended_at < ${before}
      limit ${limit})`,
  // What happened to them goes with them; one that is open stays.
  alerts: (before, limit) => sql`
    delete from alerts where (org_id, id) in (
      select org_id, id from alerts where status = 'resolved' and resolved_at < ${before} limit ${limit})`,
  // Its figures go with it. Should it happen again, it is a new one.
  failures: (before, limit) => sql`
    delete from failures where (org_id, id) in (
      select org_id, id from failures where last_at < ${before} limit ${limit})`,
  idempotency_keys: (before, limit) => sql`
    delete from idempotency_keys where (org_id, key) in (
      select org_id, key from idempotency_keys where created_at < ${before} limit ${limit})`,
};
