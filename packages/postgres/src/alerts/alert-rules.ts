import type { AlertRule, AlertRuleInput } from '@halyard/contracts/alerts/rule';
import type { Actor, AuditEntry } from '@halyard/core/actor';
import type { AlertRuleStore, NewRule } from '@halyard/core/alerts/alert-rules';
import { entry } from '@halyard/core/alerts/alert-rules';
import type { AlertRuleId } from '@halyard/core/alerts/rule';
import type { OrgId } from '@halyard/core/ids';
import type { Page, PageRequest } from '@halyard/core/page';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Database, Tx } from '../database.js';
import { newestFirst } from '../paging.js';
import { closeAlertsOf, columnsOf, selectRules, toRule } from './rule-rows.js';

export class PgAlertRuleStore implements AlertRuleStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<AlertRule>> {
    return this.database.forOrg(orgId, (tx) => newestFirst(selectRules(tx, orgId), page, toRule));
  }

  find(orgId: OrgId, id: AlertRuleId): Promise<AlertRule | null> {
    return this.database.forOrg(orgId, (tx) => read(tx, orgId, id));
  }

  insert(orgId: OrgId, { id, key, input }: NewRule, audit: AuditEntry): Promise<AlertRule> {
    return this.database.forOrg(orgId, async (tx) => {
      await tx
        .insertInto('alert_rules')
        .values({ org_id: orgId, id, key, ...columnsOf(input) })
        .execute();
      await appendAudit(tx, orgId, audit);
      return reread(tx, orgId, id);
    });
  }

  install(orgId: OrgId, rules: readonly NewRule[], actor: Actor): Promise<AlertRule[]> {
    return this.database.forOrg(orgId, async (tx) => {
      const installed: AlertRule[] = [];
      for (const { id, key, input } of rules) {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('alert_rules')
          .values({ org_id: orgId, id, key, ...columnsOf(input) })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (!numInsertedOrUpdatedRows) continue;
        await appendAudit(tx, orgId, entry(actor, 'created', id, input));
        installed.push(await reread(tx, orgId, id));
      }
      return installed;
    });
  }

  keys(orgId: OrgId): Promise<string[]> {
    return this.database.forOrg(orgId, async (tx) => {
      const rows = await tx
        .selectFrom('alert_rules')
        .select('key')
        .where('org_id', '=', orgId)
        .where('key', 'is not', null)
        .execute();
      return rows.flatMap(({ key }) => (key === null ? [] : [key]));
    });
  }

  update(
    orgId: OrgId,
    id: AlertRuleId,
    input: AlertRuleInput,
    now: Date,
    audit: AuditEntry,
  ): Promise<AlertRule | null> {
    return this.database.forOrg(orgId, async (tx) => {
      if (!(await hold(tx, orgId, id))) return null;
      await tx
        .updateTable('alert_rules')
        .set({ ...columnsOf(input), outcome: null, value: null, detail: null, updated_at: now })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .execute();
      if (!input.enabled) await closeAlertsOf(tx, orgId, id, 'Its rule was disabled.', nameIn(audit), now);
      await appendAudit(tx, orgId, audit);
      return reread(tx, orgId, id);
    });
  }

  remove(orgId: OrgId, id: AlertRuleId, now: Date, audit: AuditEntry): Promise<boolean> {
    return this.database.forOrg(orgId, async (tx) => {
      if (!(await hold(tx, orgId, id))) return false;
      await closeAlertsOf(tx, orgId, id, 'Its rule was removed.', nameIn(audit), now);
      await tx.deleteFrom('alert_rules').where('org_id', '=', orgId).where('id', '=', id).execute();
      await appendAudit(tx, orgId, audit);
      return true;
    });
  }
}

const nameIn = ({ actor }: AuditEntry): string | null => actor.name ?? actor.id ?? null;

/** Waits for an evaluation that is under way: what it fires must not be left open. */
async function hold(tx: Tx, orgId: OrgId, id: AlertRuleId): Promise<boolean> {
  const { rows } = await sql`
    select from alert_rules where org_id = ${orgId} and id = ${id} for update`.execute(tx);
  return rows.length > 0;
}

async function read(tx: Tx, orgId: OrgId, id: AlertRuleId): Promise<AlertRule | null> {
  const row = await selectRules(tx, orgId).where('id', '=', id).executeTakeFirst();
  return row ? toRule(row) : null;
}

async function reread(tx: Tx, orgId: OrgId, id: AlertRuleId): Promise<AlertRule> {
  return toRule(await selectRules(tx, orgId).where('id', '=', id).executeTakeFirstOrThrow());
}
