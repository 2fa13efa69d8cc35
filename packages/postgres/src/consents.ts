import type { ConsentLine, NewConsent } from '@halyard/core/contacts/consent';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { sql } from 'kysely';
import { tellContactFacts } from './contact-changes.js';
import type { Tx } from './database.js';

/**
 * Adds lines to the consent ledger, in the caller's transaction and in the order given, records consent.granted and
 * consent.withdrawn, and tells the outside; afterwards the caller pokes `events` and `outbox`. Works in transactions
 * of requests and of the worker. Returns the ids of the lines.
 */
export async function appendConsent(
  tx: Tx,
  orgId: OrgId,
  consents: readonly NewConsent[],
): Promise<string[]> {
  if (consents.length === 0) return [];
  const rows = consents.map((one) => ({
    id: randomIds(),
    contact_id: one.contactId,
    channel: one.channel,
    topic: one.topic,
    state: one.state,
    source: one.source,
    evidence: one.evidence ?? {},
    occurred_at: one.occurredAt,
  }));
  // `seq` follows the order given: with ordinality keeps it.
  await sql`
    insert into consents (org_id, id, contact_id, channel, topic, state, source, evidence, occurred_at)
    select ${orgId}, id, contact_id, channel, topic, state, source, evidence, occurred_at
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (
      id uuid, contact_id uuid, channel text, topic text, state text, source text, evidence jsonb, occurred_at timestamptz
    )) with ordinality as given (id, contact_id, channel, topic, state, source, evidence, occurred_at, n)
    order by n`.execute(tx);
  for (const [at, facts] of Map.groupBy(consents, (one) => one.occurredAt.getTime())) {
    await tellContactFacts(
      tx,
      orgId,
      facts.filter((one) => one.state !== 'pending').map(toFact),
      new Date(at),
    );
  }
  return rows.map((row) => row.id);
}

const toFact = ({ contactId, channel, topic, state, source }: NewConsent) => ({
  type: `consent.${state}`,
  contactId,
  payload: { channel, topic, source },
});

/** What these contacts have said, oldest first. */
export async function readConsentLines(
  tx: Tx,
  orgId: OrgId,
  contactIds: readonly string[],
): Promise<(ConsentLine & { contact_id: ContactId })[]> {
  const { rows } = await sql<ConsentLine & { contact_id: ContactId }>`
    select contact_id, id, channel, topic, state, seq::float8 as seq
    from consents where org_id = ${orgId} and contact_id = any (${contactIds}::uuid[]) order by seq`.execute(
    tx,
  );
  return rows;
}
