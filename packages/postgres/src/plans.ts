import type { Plan, PlannedItem } from '@halyard/contracts/plans/routes';
import type { Channel } from '@halyard/contracts/primitives';
import type { BookingId, ContactId, EnrollmentId, OrgId } from '@halyard/core/ids';
import type { NewMessage } from '@halyard/core/messages/message';
import type { PlanStore } from '@halyard/core/plans/plans';
import { localIso } from '@halyard/core/time/format';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Database, Tx } from './database.js';
import { planned } from './plan-once.js';

export class PgPlanStore implements PlanStore {
  constructor(private readonly database: Database) {}

  ofBooking(orgId: OrgId, id: BookingId): Promise<Plan | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const { rows } = await sql<About>`${planned}
        select time_zone, ${pendingOf(orgId, sql.ref('bookings.contact_id'))} from bookings
        where org_id = ${orgId} and id = ${id}`.execute(tx);
      const of = sql`messages.subject_type = 'booking' and messages.subject_id = ${id}`;
      return planOf(tx, orgId, of, rows[0]);
    });
  }

  ofEnrollment(orgId: OrgId, id: EnrollmentId): Promise<Plan | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const { rows } = await sql<About>`${planned}
        select coalesce(contacts.time_zone, settings.time_zone, 'UTC') as time_zone,
          ${pendingOf(orgId, sql.ref('enrollments.contact_id'))}
        from enrollments
        left join contacts on contacts.org_id = enrollments.org_id and contacts.id = enrollments.contact_id
        left join organization_settings settings on settings.org_id = enrollments.org_id
        where enrollments.org_id = ${orgId} and enrollments.id = ${id}`.execute(tx);
      const of = sql`messages.subject_type = 'enrollment' and messages.subject_id = ${id}`;
      return planOf(tx, orgId, of, rows[0]);
    });
  }

  ofContact(orgId: OrgId, id: ContactId): Promise<Plan | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const { rows } = await sql<About>`${planned}
        select coalesce(contacts.time_zone, settings.time_zone, 'UTC') as time_zone,
          ${pendingOf(orgId, sql.ref('contacts.id'))}
        from contacts left join organization_settings settings on settings.org_id = contacts.org_id
        where contacts.org_id = ${orgId} and contacts.id = ${id}`.execute(tx);
      return planOf(tx, orgId, sql`messages.contact_id = ${id}`, rows[0]);
    });
  }
}

/** Whose plan it is. */
interface About {
  time_zone: string;
  pending_events: number;
}

/** Counted before the messages are read: where none waits, the plan that is read after it is complete. */
const pendingOf = (orgId: OrgId, contact: RawBuilder<unknown>) => sql`
  (select count(*)::int from pending_events pending where pending.org_id = ${orgId}
    and pending.contact_id = ${contact}) as pending_events`;

async function planOf(
  tx: Tx,
  orgId: OrgId,
  which: RawBuilder<unknown>,
  about: About | undefined,
): Promise<Plan | null> {
  if (!about) return null;
  const { rows } = await sql<PlanRow>`${planned}
    select messages.id, messages.step_id, messages.source, messages.channels, messages.channel, messages.class,
      messages.template, messages.planned_at, messages.due_at, messages.expires_at, messages.time_zone,
      messages.status, messages.reason, messages.sent_at, messages.delivered_at, messages.flow_id, flows.key as flow_key, flows.name as flow_name, versions.number as version_number,
      (select step ->> 'name' from jsonb_array_elements(versions.definition -> 'steps') step
        where step ->> 'id' = messages.step_id) as step_name,
      (select jsonb_build_object('anchor', step #> '{timing,anchor}', 'offset', step #> '{timing,offset}',
          'at', step #> '{timing,at}')
        from jsonb_array_elements(versions.definition -> 'steps') step
        where step ->> 'id' = messages.step_id) as timing,
      exists (select from decisions where decisions.org_id = messages.org_id and decisions.message_id = messages.id
        and decisions.rule = 'plan' and decisions.verdict in ('moved', 'revived')) as moved
    from messages
    left join flows on flows.org_id = messages.org_id and flows.id = messages.flow_id
    left join flow_versions versions on versions.org_id = messages.org_id and versions.id = messages.version_id
    where messages.org_id = ${orgId} and ${which}
    order by messages.planned_at, messages.id limit 500`.execute(tx);
  return { items: rows.map((row) => toItem(row, about.time_zone)), pending_events: about.pending_events };
}

interface PlanRow {
  id: string;
  flow_id: string | null;
  flow_key: string | null;
  flow_name: string | null;
  version_number: number | null;
  step_id: string | null;
  step_name: string | null;
  timing: PlannedItem['timing'];
  source: string;
  channels: Channel[];
  channel: Channel | null;
  class: PlannedItem['class'];
  template: NewMessage['template'] | null;
  planned_at: Date;
  due_at: Date;
  expires_at: Date | null;
  time_zone: string | null;
  status: string;
  reason: string | null;
  moved: boolean;
  sent_at: Date | null;
  delivered_at: Date | null;
}

function toItem(row: PlanRow, zone: string): PlannedItem {
  const time_zone = row.time_zone ?? zone;
  return {
    message_id: row.id,
    flow: flowOf(row),
    step: row.step_id === null ? null : { id: row.step_id, name: row.step_name },
    timing: row.timing,
    source: row.source,
    channels: row.channels,
    channel: row.channel,
    class: row.class,
    template: row.template && 'keys' in row.template ? row.template.keys : null,
    planned_at: row.planned_at.toISOString(),
    local_time: localIso(row.planned_at, time_zone),
    time_zone,
    due_at: row.due_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    status: row.status,
    reason: row.reason,
    moved: row.moved,
    sent_at: row.sent_at?.toISOString() ?? null,
    delivered_at: row.delivered_at?.toISOString() ?? null,
  };
}

function flowOf({ flow_id, flow_key, flow_name, version_number }: PlanRow): PlannedItem['flow'] {
  if (flow_id === null || flow_key === null || flow_name === null || version_number === null) return null;
  return { id: flow_id, key: flow_key, name: flow_name, version: version_number };
}
