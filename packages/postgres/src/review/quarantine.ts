import { createHash } from 'node:crypto';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { Quarantine, QuarantinedInput } from '@halyard/core/review/quarantine';
import { sql } from 'kysely';
import type { Database } from '../database.js';
import { ifUndone } from '../database.js';

/** Refused inputs, as review items. What has no id of its own is known by what is in it. */
export class PgQuarantine implements Quarantine {
  constructor(private readonly database: Database) {}

  async setAside(orgId: OrgId, type: string, inputs: readonly QuarantinedInput[]): Promise<void> {
    // Of one id in a batch the last counts.
    const rows = [...new Map(inputs.map((one) => [subjectOf(one), rowOf(one)])).values()];
    // A request with an Idempotency-Key is undone when it is refused.
    ifUndone(() => this.#write(orgId, type, rows));
    await this.#write(orgId, type, rows);
  }

  async #write(orgId: OrgId, type: string, rows: readonly ReturnType<typeof rowOf>[]): Promise<void> {
    await this.database.forOrg(orgId, (tx) =>
      sql`
        with given as (
          select * from jsonb_to_recordset(${storableJson(rows)}::jsonb)
            as given (id uuid, subject_id text, reason text, detail jsonb)
        ), known as (
          update review_items r set reason = given.reason, detail = given.detail
          from given
          where r.org_id = ${orgId} and r.subject_type = ${type} and r.subject_id = given.subject_id
            and r.kind = 'quarantined_input' and r.status = 'open'
          returning r.subject_id
        )
        insert into review_items (org_id, id, kind, subject_type, subject_id, reason, detail)
        select ${orgId}, id, 'quarantined_input', ${type}, subject_id, reason, detail from given
        where subject_id not in (select subject_id from known)`.execute(tx),
    );
  }
}

/** What PostgreSQL keeps in no jsonb, null characters and halves of characters, is replaced: the input may be broken just so. */
const storableJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\\ufffd');

const rowOf = (one: QuarantinedInput) => ({
  id: randomIds(),
  subject_id: subjectOf(one),
  reason: one.detail,
  detail: { input: one.input, issues: one.issues },
});

const subjectOf = ({ id, input }: QuarantinedInput): string =>
  id ?? createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 32);
