import type { DueMessage } from '@halyard/core/delivery/candidate';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import { setAsides } from './set-asides.js';

/** What the release of a message reads of its row. */
export const dueColumns = sql`due_at, org_id, id, contact_id, source, run_id, flow_id, version_id, step_id, subject_type,
  subject_id, subject_revision, event_id, class, topic, channels, template, content, variables, condition, target,
  planned_at, expires_at, time_zone, tries, reason, trace_context, ${setAsides} as set_asides`;

export interface DueRow {
  org_id: OrgId;
  id: DueMessage['id'];
  contact_id: DueMessage['contactId'];
  source: DueMessage['source'];
  run_id: DueMessage['origin']['runId'];
  flow_id: DueMessage['origin']['flowId'];
  version_id: DueMessage['origin']['versionId'];
  step_id: string | null;
  subject_type: string | null;
  subject_id: string | null;
  subject_revision: number | null;
  event_id: DueMessage['eventId'];
  class: DueMessage['class'];
  topic: string;
  channels: DueMessage['channels'];
  template: DueMessage['template'];
  content: DueMessage['content'];
  variables: DueMessage['variables'];
  condition: DueMessage['condition'];
  target: DueMessage['target'];
  planned_at: Date;
  due_at: Date;
  expires_at: Date | null;
  time_zone: string | null;
  tries: number;
  reason: string | null;
  trace_context: string | null;
  set_asides: number;
}

export const toDueMessage = (row: DueRow): DueMessage => ({
  orgId: row.org_id,
  id: row.id,
  contactId: row.contact_id,
  source: row.source,
  origin: { runId: row.run_id, flowId: row.flow_id, versionId: row.version_id, stepId: row.step_id },
  subject:
    row.subject_type && row.subject_id
      ? { type: row.subject_type, id: row.subject_id, revision: row.subject_revision }
      : null,
  eventId: row.event_id,
  class: row.class,
  topic: row.topic,
  channels: row.channels,
  template: row.template,
  content: row.content,
  variables: row.variables,
  condition: row.condition,
  target: row.target,
  plannedAt: row.planned_at,
  dueAt: row.due_at,
  expiresAt: row.expires_at,
  timeZone: row.time_zone,
  tries: row.tries,
  deferredBy: row.reason,
  trace: row.trace_context,
});
