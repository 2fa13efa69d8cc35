import type { DueMessage, SubjectState } from '@halyard/core/delivery/candidate';
import type { EntityType } from '@halyard/core/events/entities';
import { isEntity } from '@halyard/core/events/entities';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { entityTables } from '../entity-tables.js';
import { isUuid } from '../uuid.js';

export interface SubjectStates {
  stateOf(message: DueMessage): SubjectState | 'missing' | null;
  hasUndecidedEvent(message: DueMessage): boolean;
}

/** The bookings, enrollments and campaigns that messages are about, and whether events of the first two still wait for a decision. */
export async function loadSubjectStates(tx: Tx, messages: readonly DueMessage[]): Promise<SubjectStates> {
  const found = new Map<string, SubjectRow>();
  for (const [type, table] of entityTables) {
    const about = messages.filter(({ subject }) => subject?.type === type && isUuid(subject.id));
    const { rows } = about.length ? await read(tx, about, type, table) : { rows: [] };
    for (const row of rows) found.set(row.message_id, row);
  }
  const campaigns = await readCampaigns(tx, messages);
  return {
    stateOf(message) {
      if (message.subject?.type === 'campaign') return campaigns.get(message.subject.id) ?? 'missing';
      if (!isEntity(message.subject)) return null;
      const row = found.get(message.id);
      if (!row) return 'missing';
      return {
        status: row.status,
        revision: row.revision,
        outlivesCancelling: row.outlives_cancelling ?? false,
      };
    },
    hasUndecidedEvent: (message) => found.get(message.id)?.undecided ?? false,
  };
}

/** By their ids. The many messages of a blast ask for a few campaigns. */
async function readCampaigns(tx: Tx, messages: readonly DueMessage[]): Promise<Map<string, SubjectState>> {
  const about = messages.filter(({ subject }) => subject?.type === 'campaign' && isUuid(subject.id));
  if (about.length === 0) return new Map();
  const { rows } = await sql<{ id: string; status: string }>`
    select id, status from campaigns
    where org_id = any (${[...new Set(about.map(({ orgId }) => orgId))]}::uuid[])
      and id = any (${[...new Set(about.map(({ subject }) => subject?.id))]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, status }) => [id, { status, revision: 0, outlivesCancelling: false }]));
}

interface SubjectRow {
  message_id: string;
  status: string;
  revision: number;
  undecided: boolean;
  outlives_cancelling: boolean | null;
}

const read = (
  tx: Tx,
  messages: readonly DueMessage[],
  type: EntityType,
  table: 'bookings' | 'enrollments',
) => {
  const rows = messages.map(({ orgId, id, contactId, subject, eventId, origin }) => ({
    org_id: orgId,
    message_id: id,
    contact_id: contactId,
    subject_id: subject?.id,
    event_id: eventId,
    version_id: origin.versionId,
  }));
  return sql<SubjectRow>`
    select asked.message_id, b.status, b.revision,
      exists (
        select from pending_events p join events e on e.org_id = p.org_id and e.id = p.event_id
        where p.org_id = asked.org_id and p.contact_id = asked.contact_id
          and e.subject_type = ${type} and e.subject_id = asked.subject_id::text
      ) as undecided,
      case when b.status = 'cancelled' then
        exists (select from events e where e.org_id = asked.org_id and e.id = asked.event_id
                and e.type = ${`${type}.cancelled`})
        or exists (select from flow_versions v where v.org_id = asked.org_id and v.id = asked.version_id
                and not (v.definition->>'cancel_with_subject')::boolean)
      end as outlives_cancelling
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as asked (org_id uuid, message_id uuid, contact_id uuid, subject_id uuid, event_id uuid, version_id uuid)
    join ${sql.table(table)} b on b.org_id = asked.org_id and b.id = asked.subject_id`.execute(tx);
};
