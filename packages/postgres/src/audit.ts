import type { AuditEntry } from '@halyard/core/actor';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from './database.js';
import { planned } from './plan-once.js';
import { ahead } from './send-ahead.js';

/** Writes one line of the audit log, in the transaction of the change it tells of. The database numbers and chains it. */
export async function appendAudit(
  tx: Tx,
  orgId: OrgId,
  { actor, action, target, changes = {} }: AuditEntry,
): Promise<void> {
  // The trigger overwrites seq, hash and prev_hash.
  await sql`${ahead}${planned}
    insert into audit_log (org_id, actor_type, actor_id, actor_name, request_id, action, target_type, target_id, changes,
      seq, hash, prev_hash)
    values (${orgId}, ${actor.type}, ${actor.id ?? null}, ${actor.name ?? null}, ${actor.requestId ?? null}, ${action},
      ${target?.type ?? null}, ${target?.id ?? null}, ${JSON.stringify(changes)}, 0, '', '')`.execute(tx);
}
