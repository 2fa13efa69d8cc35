import type { AuditEntry } from '@halyard/core/actor';
import type { OrgId } from '@halyard/core/ids';
import type { Tx } from './database.js';

/** Writes one line of the audit log, in the transaction of the change it tells of. The database numbers and chains it. */
export async function appendAudit(tx: Tx, orgId: OrgId, entry: AuditEntry): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({
      org_id: orgId,
      actor_type: entry.actor.type,
      actor_id: entry.actor.id ?? null,
      actor_name: entry.actor.name ?? null,
      request_id: entry.actor.requestId ?? null,
      action: entry.action,
      target_type: entry.target?.type ?? null,
      target_id: entry.target?.id ?? null,
      changes: JSON.stringify(entry.changes ?? {}),
      // The trigger overwrites these three.
      seq: 0,
      hash: Buffer.alloc(0),
      prev_hash: Buffer.alloc(0),
    })
    .execute();
}
