import type { Topic, TopicInput, TopicPatch } from '@halyard/contracts/contacts/consents';
import type { AuditEntry } from '@halyard/core/actor';
import type { TopicStore } from '@halyard/core/contacts/topics';
import { DomainError } from '@halyard/core/domain-error';
import type { OrgId } from '@halyard/core/ids';
import type { Selectable } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database } from './database.js';
import { isUniqueViolation } from './errors.js';
import type { Topics } from './schema.gen.js';

export class PgTopicStore implements TopicStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId): Promise<Topic[]> {
    return this.database.forOrg(orgId, async (tx) => {
      const rows = await tx
        .selectFrom('topics')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('key')
        .execute();
      return rows.map(toTopic);
    });
  }

  insert(orgId: OrgId, { key, name, description }: TopicInput, audit: AuditEntry): Promise<Topic> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const row = await tx
          .insertInto('topics')
          .values({
            org_id: orgId,
            key,
            name: JSON.stringify(name),
            description: JSON.stringify(description),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await appendAudit(tx, orgId, audit);
        return toTopic(row);
      })
      .catch((error: unknown) => {
        if (isUniqueViolation(error))
          throw new DomainError('conflict', 'A topic with this key is there already. Change that one.');
        throw error;
      });
  }

  update(orgId: OrgId, key: string, patch: TopicPatch, audit: AuditEntry): Promise<Topic | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await tx
        .updateTable('topics')
        .set({
          key, // so that an empty patch is a statement too
          name: patch.name && JSON.stringify(patch.name),
          description: patch.description && JSON.stringify(patch.description),
        })
        .where('org_id', '=', orgId)
        .where('key', '=', key)
        .returningAll()
        .executeTakeFirst();
      if (!row) return null;
      await appendAudit(tx, orgId, audit);
      return toTopic(row);
    });
  }

  remove(orgId: OrgId, key: string, audit: AuditEntry): Promise<'removed' | 'missing' | 'in_use'> {
    return this.database.forOrg(orgId, async (tx) => {
      const used = await tx
        .selectFrom('consents')
        .select('id')
        .where('org_id', '=', orgId)
        .where('topic', '=', key)
        .limit(1)
        .executeTakeFirst();
      if (used) return 'in_use';
      const { numDeletedRows } = await tx
        .deleteFrom('topics')
        .where('org_id', '=', orgId)
        .where('key', '=', key)
        .executeTakeFirst();
      if (numDeletedRows === 0n) return 'missing';
      await appendAudit(tx, orgId, audit);
      return 'removed';
    });
  }
}

const toTopic = (row: Selectable<Topics>): Topic => ({
  key: row.key,
  name: row.name as Topic['name'],
  description: row.description as Topic['description'],
  created_at: row.created_at.toISOString(),
});
