import type { ContactWrite } from '@halyard/core/contacts/plan-upserts';
import type { ContactId, EventId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import { sql } from 'kysely';
import { readContacts } from './contact-rows.js';
import type { Tx } from './database.js';
import { recordEvents } from './event-recorder.js';
import { tellOutside } from './outbox-writer.js';
import { planned } from './plan-once.js';

/**
 * Records that contacts were created or changed, and tells the outside. Events name what changed but not the values:
 * they never change, so they must not hold what an erasure has to remove.
 */
export function tellContactChanges(
  tx: Tx,
  orgId: OrgId,
  writes: readonly Pick<ContactWrite, 'id' | 'isNew' | 'changed'>[],
  at: Date,
): Promise<void> {
  const facts = writes.map((one) => ({
    type: one.isNew ? 'contact.created' : 'contact.updated',
    contactId: one.id,
    payload: one.isNew ? {} : { changed: [...one.changed].sort() },
  }));
  return tellContactFacts(tx, orgId, facts, at);
}

export interface ContactFact {
  type: string;
  contactId: ContactId;
  payload: Record<string, unknown>;
  trace?: string;
}

/** Records facts about contacts and tells them outside, in the caller's transaction. */
export async function tellContactFacts(
  tx: Tx,
  orgId: OrgId,
  facts: readonly ContactFact[],
  at: Date,
): Promise<void> {
  if (facts.length === 0) return;
  await recordEvents(
    tx,
    orgId,
    facts.map((fact) => ({ ...fact, id: randomIds<EventId>(), occurredAt: at })),
  );
  const wanted = await wantedTypes(tx, orgId, [...new Set(facts.map((fact) => fact.type))]);
  const told = facts.filter((fact) => wanted.has(fact.type));
  const contacts = await readContacts(
    tx,
    orgId,
    told.filter((fact) => withContact.has(fact.type)).map((fact) => fact.contactId),
  );
  await tellOutside(
    tx,
    told.map(({ type, contactId, payload, trace }) => ({
      orgId,
      id: randomIds<OutboxId>(),
      type,
      payload: { contact_id: contactId, ...payload, contact: contacts.get(contactId) },
      occurredAt: at,
      ...(trace && { trace }),
    })),
  );
}

const withContact = new Set(['contact.created', 'contact.updated']);

/** Which of these types an endpoint wants: contacts are read again only when somebody is told of them. */
async function wantedTypes(tx: Tx, orgId: OrgId, types: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ type: string }>`${planned}
    select type from unnest(${types}::text[]) as type
    where exists (
      select from endpoints where org_id = ${orgId} and status = 'active'
        and (type = any (event_types) or '*' = any (event_types)))`.execute(tx);
  return new Set(rows.map((row) => row.type));
}
