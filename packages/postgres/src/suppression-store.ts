import type { Suppression, SuppressionQuery } from '@halyard/contracts/contacts/consents';
import type { Channel } from '@halyard/contracts/primitives';
import type { Actor } from '@halyard/core/actor';
import { addressHash } from '@halyard/core/contacts/address-hash';
import type { NewSuppression } from '@halyard/core/contacts/suppression';
import type { SuppressionStore } from '@halyard/core/contacts/suppressions';
import type { OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import { organizationCountry } from './contact-writer.js';
import type { Database, Tx } from './database.js';
import { positionIn, toPage } from './paging.js';
import type { Suppressions } from './schema.gen.js';
import { suppress, unsuppress } from './suppressions.js';

export class PgSuppressionStore implements SuppressionStore {
  constructor(private readonly database: Database) {}

  country(orgId: OrgId): Promise<string | null> {
    return this.database.forOrg(orgId, (tx) => organizationCountry(tx, orgId));
  }

  list(orgId: OrgId, query: SuppressionQuery): Promise<Page<Suppression>> {
    const { channel, address, reason } = query;
    const after = positionIn(query.cursor, 2);
    return this.database.forOrg(orgId, async (tx) => {
      let select = tx.selectFrom('suppressions').selectAll().where('org_id', '=', orgId);
      if (channel) select = select.where('channel', '=', channel);
      if (reason) select = select.where('reason', '=', reason);
      if (channel && address) select = select.where('address_hash', '=', addressHash(channel, address));
      if (after)
        select = select.where(
          sql<boolean>`(created_at, address_hash) < (${after[0]}::timestamptz, decode(${after[1]}, 'hex'))`,
        );
      const rows = await select
        // As text, since a Date would lose the microseconds that the cursor compares.
        .select(sql<string>`created_at::text`.as('position'))
        .orderBy('created_at', 'desc')
        .orderBy('address_hash', 'desc')
        .limit(query.limit + 1)
        .execute();
      return toPage(rows, query, toSuppression, (row) => [row.position, row.address_hash.toString('hex')]);
    });
  }

  add(orgId: OrgId, entry: NewSuppression, actor: Actor): Promise<Suppression> {
    return this.database.forOrg(orgId, async (tx) => {
      if (await suppress(tx, orgId, [entry])) await audit(tx, orgId, actor, 'suppression.added', entry);
      const row = await tx
        .selectFrom('suppressions')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('channel', '=', entry.channel)
        .where('address_hash', '=', addressHash(entry.channel, entry.address))
        .executeTakeFirstOrThrow();
      return toSuppression(row);
    });
  }

  remove(orgId: OrgId, what: { channel: Channel; address: string }, actor: Actor): Promise<boolean> {
    return this.database.forOrg(orgId, async (tx) => {
      const removed = await unsuppress(tx, orgId, what);
      if (removed) await audit(tx, orgId, actor, 'suppression.removed', what);
      return removed;
    });
  }
}

/** The audit log cannot be erased: it names the address by its hash. */
const audit = (
  tx: Tx,
  orgId: OrgId,
  actor: Actor,
  action: string,
  { channel, address }: { channel: Channel; address: string },
) =>
  appendAudit(tx, orgId, {
    actor,
    action,
    target: { type: 'suppression', id: addressHash(channel, address).toString('hex') },
    changes: { channel },
  });

const toSuppression = (row: Selectable<Suppressions>): Suppression => ({
  channel: row.channel as Channel,
  address: row.address,
  reason: row.reason as Suppression['reason'],
  source: row.source,
  created_at: row.created_at.toISOString(),
});
