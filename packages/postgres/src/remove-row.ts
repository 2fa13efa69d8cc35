import type { AuditEntry } from '@halyard/core/actor';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Tx } from './database.js';
import type { DB } from './schema.gen.js';

/** Tables whose rows are known by an organization and an id. */
type Removable = {
  [Table in keyof DB]: DB[Table] extends { org_id: unknown; id: unknown } ? Table : never;
}[keyof DB];

/** Deletes a row of an organization, with its line in the audit log; false when there is none. */
export async function removeRow(
  tx: Tx,
  table: Removable,
  orgId: OrgId,
  id: string,
  audit: AuditEntry,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where org_id = ${orgId} and id = ${id}`.execute(tx);
  if (!numAffectedRows) return false;
  await appendAudit(tx, orgId, audit);
  return true;
}
