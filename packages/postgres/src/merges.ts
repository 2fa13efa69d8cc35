import type { Merge } from '@halyard/contracts/contacts/routes';
import type { Change } from '@halyard/core/contacts/contacts';
import type { ContactData } from '@halyard/core/contacts/merge-fields';
import { mergeFields, unmergeFields } from '@halyard/core/contacts/merge-fields';
import type { MergeId, MergeStore } from '@halyard/core/contacts/merges';
import type { ContactWrite } from '@halyard/core/contacts/plan-upserts';
import { DomainError, notFound } from '@halyard/core/domain-error';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { appendAudit } from './audit.js';
import { toConsent } from './consent-store.js';
import { appendConsent } from './consents.js';
import { tellContactFacts } from './contact-changes.js';
import { assertAlive, lockContacts } from './contact-keys.js';
import { updateContacts } from './contact-writer.js';
import type { Database, Tx } from './database.js';
import type { ContactMerges } from './schema.gen.js';

/** What belongs to a contact by its contact_id, and moves with it. */
export const belongings = [
  'identities',
  'consents',
  'bookings',
  'enrollments',
  'runs',
  'messages',
  'events',
  'decisions',
  'outreach_items',
] as const;
type Moved = Record<(typeof belongings)[number], string[]>;

/** All that an undo needs: the winner before and right after, and the rows that moved. */
interface Before {
  winner: ContactData;
  after: ContactData;
  moved: Moved;
}

export class PgMergeStore implements MergeStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, contactId: ContactId): Promise<Merge[]> {
    return this.database.forOrg(orgId, async (tx) => {
      const contact = await tx
        .selectFrom('contacts')
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', '=', contactId)
        .executeTakeFirst();
      if (!contact) throw notFound('contact');
      const rows = await tx
        .selectFrom('contact_merges')
        .selectAll()
        .where('org_id', '=', orgId)
        .where((eb) => eb.or([eb('winner_id', '=', contactId), eb('loser_id', '=', contactId)]))
        .orderBy('id', 'desc')
        .execute();
      return rows.map(toMerge);
    });
  }

  merge(orgId: OrgId, winnerId: ContactId, loserId: ContactId, { actor, at }: Change): Promise<Merge> {
    return this.database.forOrg(orgId, async (tx) => {
      const [winner, loser] = await this.#lockBoth(tx, orgId, winnerId, loserId);
      const after = mergeFields(winner, loser);
      const moved = await moveAll(tx, orgId, loserId, winnerId);
      await updateContacts(tx, orgId, [writeOf(winnerId, after)]);
      await setMergedInto(tx, orgId, loserId, winnerId);
      const before: Before = { winner, after, moved };
      const row = await tx
        .insertInto('contact_merges')
        .values({
          org_id: orgId,
          id: randomIds<MergeId>(),
          winner_id: winnerId,
          loser_id: loserId,
          before: JSON.stringify(before),
          merged_at: at,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      const payload = { merged_id: loserId, merge_id: row.id };
      await tellContactFacts(tx, orgId, [{ type: 'contact.merged', contactId: winnerId, payload }], at);
      await appendAudit(tx, orgId, {
        actor,
        action: 'contact.merged',
        target: { type: 'contact', id: winnerId },
        changes: payload,
      });
      return toMerge(row);
    });
  }

  undo(orgId: OrgId, id: MergeId, { actor, at }: Change): Promise<Merge | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const merge = await tx
        .selectFrom('contact_merges')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!merge) return null;
      if (merge.undone_at) throw new DomainError('invalid_state', 'This merge was taken back already.');
      const winnerId = merge.winner_id as ContactId;
      const loserId = merge.loser_id as ContactId;
      const winner = (await lockContacts(tx, orgId, [winnerId, loserId])).get(winnerId);
      await assertAlive(tx, orgId, winnerId); // merged again since: that merge is taken back first
      const before = merge.before as Partial<Before>;
      if (!winner || !before.winner || !before.after || !before.moved)
        throw new DomainError(
          'invalid_state',
          'One of the two contacts was erased: there is nothing to go back to.',
        );
      await updateContacts(tx, orgId, [
        writeOf(winnerId, unmergeFields(before.winner, before.after, winner)),
      ]);
      await setMergedInto(tx, orgId, loserId, null);
      await moveBack(tx, orgId, winnerId, loserId, before.moved);
      await repeatWithdrawals(tx, orgId, id, winnerId, loserId);
      const row = await tx
        .updateTable('contact_merges')
        .set({ undone_at: at })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      const payload = { restored_id: loserId, merge_id: id };
      await tellContactFacts(tx, orgId, [{ type: 'contact.unmerged', contactId: winnerId, payload }], at);
      await appendAudit(tx, orgId, {
        actor,
        action: 'contact.unmerged',
        target: { type: 'contact', id: winnerId },
        changes: payload,
      });
      return toMerge(row);
    });
  }

  async #lockBoth(tx: Tx, orgId: OrgId, winnerId: ContactId, loserId: ContactId) {
    const states = await lockContacts(tx, orgId, [winnerId, loserId]);
    await assertAlive(tx, orgId, winnerId);
    await assertAlive(tx, orgId, loserId);
    const winner = states.get(winnerId);
    const loser = states.get(loserId);
    if (!winner || !loser) throw new Error('Contacts that were read a moment ago are gone.');
    return [winner, loser] as const;
  }
}

async function moveAll(tx: Tx, orgId: OrgId, from: ContactId, to: ContactId): Promise<Moved> {
  const moved = {} as Moved;
  for (const table of belongings) {
    const { rows } = await sql<{ id: string }>`
      update ${sql.table(table)} set contact_id = ${to}
      where org_id = ${orgId} and contact_id = ${from} returning id`.execute(tx);
    moved[table] = rows.map((row) => row.id);
  }
  await movePending(tx, orgId, to, moved.events);
  return moved;
}

async function moveBack(tx: Tx, orgId: OrgId, from: ContactId, to: ContactId, moved: Moved): Promise<void> {
  for (const table of belongings)
    await sql`
      update ${sql.table(table)} set contact_id = ${to}
      where org_id = ${orgId} and contact_id = ${from} and id = any (${moved[table]}::uuid[])`.execute(tx);
  await movePending(tx, orgId, to, moved.events);
}

/**
 * What was withdrawn since the merge was said by one of two people, and nobody knows by which: it holds for both. (Ids
 * grow with time, the merge's too.)
 */
async function repeatWithdrawals(
  tx: Tx,
  orgId: OrgId,
  mergeId: MergeId,
  from: ContactId,
  to: ContactId,
): Promise<void> {
  const lines = await tx
    .selectFrom('consents')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('contact_id', '=', from)
    .where('state', '=', 'withdrawn')
    .where('id', '>', mergeId)
    .orderBy('seq')
    .execute();
  const repeated = lines.map((line) => ({ ...toConsent(line), contactId: to, occurredAt: line.occurred_at }));
  await appendConsent(tx, orgId, repeated);
}

/** Events that nothing was decided on yet are decided on for the contact that they belong to now. */
const movePending = (tx: Tx, orgId: OrgId, to: ContactId, events: readonly string[]) =>
  sql`update pending_events set contact_id = ${to}
      where org_id = ${orgId} and event_id = any (${events}::uuid[])`.execute(tx);

const setMergedInto = (tx: Tx, orgId: OrgId, id: ContactId, into: ContactId | null) =>
  tx
    .updateTable('contacts')
    .set({ merged_into: into })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();

const writeOf = (id: ContactId, data: ContactData): ContactWrite => ({
  id,
  ...data,
  isNew: false,
  changed: new Set(),
  addresses: [],
});

const toMerge = (row: Selectable<ContactMerges>): Merge => ({
  id: row.id,
  contact_id: row.winner_id,
  merged_id: row.loser_id,
  merged_at: row.merged_at.toISOString(),
  undone_at: row.undone_at?.toISOString() ?? null,
});
