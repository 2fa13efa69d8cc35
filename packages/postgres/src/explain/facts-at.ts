import { isEntity } from '@halyard/core/events/entities';
import type { FactsAbout } from '@halyard/core/explain/explain-store';
import type { FactsThen, Since } from '@halyard/core/explain/facts-then';
import { rollBack } from '@halyard/core/explain/facts-then';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { loadFacts } from '../facts.js';

/** The facts that production would have seen at a moment, as far as they are on record. */
export async function factsAt(tx: Tx, orgId: OrgId, about: FactsAbout, at: Date): Promise<FactsThen> {
  const [now] = await loadFacts(tx, [{ orgId, ...about }]);
  const facts = now ?? {};
  const since: Since = {
    ...(await subjectSince(tx, orgId, about, at)),
    ...(await contactSince(tx, orgId, about, at)),
    productChanged: changedAfter(facts.product, at),
    courseChanged: await courseChangedAfter(tx, orgId, facts.subject, at),
    organizationChanged: await organizationChangedAfter(tx, orgId, at),
  };
  return rollBack({ ...facts, steps: await stepsThen(tx, orgId, about, at) }, since, at);
}

const changedAfter = (tree: unknown, at: Date): boolean => {
  const { updated_at } = (tree ?? {}) as { updated_at?: unknown };
  return typeof updated_at === 'string' && new Date(updated_at) > at;
};

async function courseChangedAfter(tx: Tx, orgId: OrgId, subject: unknown, at: Date): Promise<boolean> {
  const { type, course_id } = (subject ?? {}) as { type?: unknown; course_id?: unknown };
  if (type !== 'enrollment' || typeof course_id !== 'string') return false;
  const { rows } = await sql<{ changed: boolean }>`
    select updated_at > ${at} as changed from courses
    where org_id = ${orgId} and id = ${course_id}`.execute(tx);
  return rows[0]?.changed ?? false;
}

async function subjectSince(
  tx: Tx,
  orgId: OrgId,
  { subject }: FactsAbout,
  at: Date,
): Promise<Pick<Since, 'subjectChanges' | 'subjectChangedAt'>> {
  if (!isEntity(subject)) return { subjectChanges: [], subjectChangedAt: null };
  const { rows } = await sql<{
    type: string;
    at: Date;
    changes: Since['subjectChanges'][number]['changes'] | null;
    later: boolean;
  }>`
    select type, occurred_at as at, payload -> 'changes' as changes, recorded_at > ${at} as later
    from events
    where org_id = ${orgId} and subject_type = ${subject.type} and subject_id = ${subject.id}
      and type like ${`${subject.type}.%`}
    order by recorded_at, id`.execute(tx);
  return {
    subjectChanges: rows
      .filter(({ later, type }) => later && !type.endsWith('.created'))
      .map((row) => ({ type: row.type, at: row.at, changes: row.changes ?? {} })),
    subjectChangedAt: rows.findLast(({ later }) => !later)?.at ?? null,
  };
}

async function contactSince(
  tx: Tx,
  orgId: OrgId,
  { contactId }: FactsAbout,
  at: Date,
): Promise<Pick<Since, 'contactChanges' | 'contactReplaced'>> {
  if (contactId === null) return { contactChanges: [], contactReplaced: false };
  const { rows } = await sql<{ type: string; changed: string[] | null }>`
    select type, payload -> 'changed' as changed
    from events
    where org_id = ${orgId} and contact_id = ${contactId} and recorded_at > ${at}
      and type in ('contact.updated', 'contact.merged', 'contact.unmerged')`.execute(tx);
  const { rows: contact } = await sql<{ erased: boolean }>`
    select coalesce(erased_at > ${at}, false) as erased from contacts
    where org_id = ${orgId} and id = ${contactId}`.execute(tx);
  return {
    contactChanges: rows.flatMap(({ changed }) => changed ?? []),
    contactReplaced: rows.some(({ type }) => type !== 'contact.updated') || (contact[0]?.erased ?? false),
  };
}

async function organizationChangedAfter(tx: Tx, orgId: OrgId, at: Date): Promise<boolean> {
  const { rows } = await sql<{ changed: boolean }>`
    select updated_at > ${at} as changed from organization_settings where org_id = ${orgId}`.execute(tx);
  return rows[0]?.changed ?? false;
}

/** Engagement with the run's messages until then; as loadFacts, with a moment. */
async function stepsThen(tx: Tx, orgId: OrgId, { runId }: FactsAbout, at: Date): Promise<unknown> {
  if (runId === null) return {};
  const { rows } = await sql<{ steps: unknown }>`
    select coalesce(jsonb_object_agg(step_id, engagement), '{}') as steps from (
      select step_id, jsonb_build_object(
        'sent', coalesce(bool_or(sent_at <= ${at}), false),
        'delivered', coalesce(bool_or(delivered_at <= ${at}), false),
        'opened', coalesce(bool_or(opened_at <= ${at}), false),
        'clicked', coalesce(bool_or(clicked_at <= ${at}), false),
        'replied', bool_or(exists (
          select from events where events.org_id = messages.org_id and events.subject_type = 'message'
            and events.subject_id = messages.id::text and events.type = 'message.replied'
            and events.recorded_at <= ${at}))
      ) as engagement
      from messages
      where org_id = ${orgId} and run_id = ${runId} and step_id is not null and created_at <= ${at}
      group by step_id
    ) engagements`.execute(tx);
  return rows[0]?.steps ?? {};
}
