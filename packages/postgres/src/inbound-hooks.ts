import type { InboundHook } from '@halyard/contracts/inbound-hooks/hook';
import type { AuditEntry } from '@halyard/core/actor';
import { DomainError } from '@halyard/core/domain-error';
import type { OrgId } from '@halyard/core/ids';
import type {
  HookChange,
  InboundHookId,
  InboundHookStore,
  StoredHook,
} from '@halyard/core/inbound-hooks/inbound-hooks';
import type { ReceivingStore } from '@halyard/core/inbound-hooks/receive-hook';
import type { Page, PageRequest } from '@halyard/core/page';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import type { Database, Tx } from './database.js';
import { isCheckViolation, isUniqueViolation } from './errors.js';
import { newestFirst } from './paging.js';
import { removeRow } from './remove-row.js';
import type { InboundHooks } from './schema.gen.js';

export class PgInboundHookStore implements InboundHookStore, ReceivingStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<StoredHook>> {
    return this.database.forOrg(orgId, (tx) =>
      newestFirst(tx.selectFrom('inbound_hooks').selectAll().where('org_id', '=', orgId), page, toStored),
    );
  }

  find(orgId: OrgId, id: InboundHookId): Promise<StoredHook | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const row = await hookRow(tx, orgId, id).executeTakeFirst();
      return row ? toStored(row) : null;
    });
  }

  insert(
    orgId: OrgId,
    { sealed, ...hook }: Parameters<InboundHookStore['insert']>[1],
    audit: AuditEntry,
  ): Promise<StoredHook> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const row = await tx
          .insertInto('inbound_hooks')
          .values({ org_id: orgId, ...hook, secrets: sealed.box, key_id: sealed.keyId })
          .returningAll()
          .executeTakeFirstOrThrow();
        await appendAudit(tx, orgId, audit);
        return toStored(row);
      })
      .catch(explain);
  }

  update(
    orgId: OrgId,
    id: InboundHookId,
    decide: (now: StoredHook) => { change: HookChange; audit: AuditEntry },
  ): Promise<StoredHook | null> {
    return this.database
      .forOrg(orgId, async (tx) => {
        const now = await hookRow(tx, orgId, id).forUpdate().executeTakeFirst();
        if (!now) return null;
        const { change, audit } = decide(toStored(now));
        const { sealed, ...values } = change;
        const row = await tx
          .updateTable('inbound_hooks')
          .set({
            ...values,
            ...(sealed && { secrets: sealed.box, key_id: sealed.keyId }),
            updated_at: sql`now()`,
          })
          .where('org_id', '=', orgId)
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
        await appendAudit(tx, orgId, audit);
        return toStored(row);
      })
      .catch(explain);
  }

  remove(orgId: OrgId, id: InboundHookId, audit: AuditEntry): Promise<boolean> {
    return this.database.forOrg(orgId, (tx) => removeRow(tx, 'inbound_hooks', orgId, id, audit));
  }

  async findByToken(token: string): Promise<StoredHook | null> {
    const named = await this.database.outside((db) =>
      sql<{ org_id: OrgId; id: InboundHookId }>`select org_id, id from hook_of_token(${token})`.execute(db),
    );
    const [hook] = named.rows;
    return hook ? this.find(hook.org_id, hook.id) : null;
  }

  async received(orgId: OrgId, id: InboundHookId, at: Date): Promise<void> {
    await this.database.forOrg(orgId, (tx) =>
      sql`
        update inbound_hooks set last_received_at = ${at} where org_id = ${orgId} and id = ${id}
          and (last_received_at is null or last_received_at < ${at}::timestamptz - interval '1 minute')`.execute(
        tx,
      ),
    );
  }

  async refused(
    orgId: OrgId,
    id: InboundHookId,
    refusal: NonNullable<InboundHook['last_refusal']>,
  ): Promise<void> {
    await this.database.forOrg(orgId, (tx) =>
      sql`
        update inbound_hooks set last_refusal = ${JSON.stringify(refusal)}::jsonb
        where org_id = ${orgId} and id = ${id} and (last_refusal is null
          or (last_refusal->>'at')::timestamptz < ${refusal.at}::timestamptz - interval '5 seconds')`.execute(
        tx,
      ),
    );
  }
}

const hookRow = (tx: Tx, orgId: OrgId, id: InboundHookId) =>
  tx.selectFrom('inbound_hooks').selectAll().where('org_id', '=', orgId).where('id', '=', id);

const toStored = (row: Selectable<InboundHooks>): StoredHook => ({
  id: row.id,
  orgId: row.org_id as OrgId,
  name: row.name,
  kind: row.kind as StoredHook['kind'],
  token: row.token,
  signature: row.signature as StoredHook['signature'],
  bearer: row.bearer,
  addresses: row.addresses,
  sealed: row.secrets && row.key_id ? { box: row.secrets, keyId: row.key_id } : null,
  status: row.status as StoredHook['status'],
  last_received_at: row.last_received_at?.toISOString() ?? null,
  last_refusal: row.last_refusal as StoredHook['last_refusal'],
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

function explain(error: unknown): never {
  if (isUniqueViolation(error, 'inbound_hooks_org_id_name_key'))
    throw new DomainError('conflict', 'Another inbound hook has this name. Use a name of its own.');
  if (isCheckViolation(error)) {
    const message =
      'Nothing would keep strangers from this hook: ask for a signature, a bearer token or an address.';
    throw new DomainError('invalid_state', message, [{ path: 'body.signature', message }]);
  }
  throw error;
}
