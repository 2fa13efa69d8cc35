import type { Consequences, MessageMove, OrgRun, RecordedDecision } from '@halyard/core/decide/decide-store';
import type { NewEvent } from '@halyard/core/events/event';
import { planningReasons } from '@halyard/core/flows/plan';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { entityTables } from '../entity-tables.js';
import { recordEvents, rememberEvents } from '../event-recorder.js';
import { scheduleAcross } from '../message-writer.js';
import { tellOutside } from '../outbox-writer.js';
import { ahead } from '../send-ahead.js';
import { closeCalls, writeCalls } from '../workflow-calls/write-calls.js';
import { updateContacts } from './contact-updates.js';
import { writeRuns } from './run-rows.js';

/** Writes what follows from a step of deciding: a statement or two per kind of consequence, none for what there is not. */
export async function writeConsequences(tx: Tx, consequences: Consequences, now: Date): Promise<void> {
  const { newRuns, movedRuns } = consequences;
  await writeRuns(tx, [...newRuns.map(({ run }) => run), ...movedRuns], now);
  await writeAdmissions(tx, newRuns);
  await updateContacts(tx, consequences.contactUpdates, now);
  await endMessages(tx, consequences.end);
  await moveMessages(tx, consequences.move, isPlannings);
  await moveMessages(
    tx,
    consequences.revive,
    sql`messages.status in ('cancelled', 'skipped') and messages.reason = any (${[...planningReasons]}::text[])`,
  );
  await confirmRuns(tx, movedRuns);
  await confirmSubjects(tx, consequences.confirm);
  await scheduleAcross(tx, consequences.schedule);
  await writeCalls(tx, consequences.calls);
  await closeCalls(tx, consequences.closeCalls, now); // after it: a run may make a call and be stopped in one step
  await writeDecisions(tx, consequences.decisions, now);
  await writeEvents(tx, consequences.events);
  await tellOutside(tx, consequences.outbox);
}

/** The key of each admission and the version that the contact keeps. */
async function writeAdmissions(tx: Tx, newRuns: readonly { run: OrgRun; key: string }[]): Promise<void> {
  if (newRuns.length === 0) return;
  const rows = newRuns.map(({ run, key }) => ({
    org_id: run.orgId,
    flow_id: run.flowId,
    contact_id: run.contactId,
    version_id: run.versionId,
    run_id: run.id,
    key,
  }));
  await sql`${ahead}
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given (org_id uuid, flow_id uuid, contact_id uuid, version_id uuid, run_id uuid, key text)
    ), keyed as (
      insert into run_keys (org_id, flow_id, key, run_id) select org_id, flow_id, key, run_id from given
    )
    insert into flow_assignments (org_id, flow_id, contact_id, version_id)
    select distinct on (org_id, flow_id, contact_id) org_id, flow_id, contact_id, version_id from given
    on conflict do nothing`.execute(tx);
}

/** A message that delivery has taken meanwhile is let go: the release checks look at its subject themselves. */
async function endMessages(tx: Tx, ended: Consequences['end']): Promise<void> {
  if (ended.length === 0) return;
  const rows = ended.map(({ orgId, ...rest }) => ({ org_id: orgId, ...rest }));
  await sql`${ahead}
    update messages set status = given.status, reason = given.reason, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (org_id uuid, id uuid, status text, reason text)
    where messages.org_id = given.org_id and messages.id = given.id and ${isPlannings}`.execute(tx);
}

/** Not released yet: one that waits to be repeated may have gone out. */
const isPlannings = sql`messages.status = 'scheduled' and messages.released_at is null`;

async function moveMessages(
  tx: Tx,
  moves: readonly MessageMove[],
  guard: ReturnType<typeof sql>,
): Promise<void> {
  if (moves.length === 0) return;
  const rows = moves.map((move) => ({
    org_id: move.orgId,
    id: move.id,
    planned_at: move.plannedAt,
    expires_at: move.expiresAt,
    time_zone: move.timeZone,
    subject_revision: move.subjectRevision,
  }));
  await sql`${ahead}
    update messages set status = 'scheduled', reason = null, planned_at = given.planned_at, due_at = given.planned_at,
      expires_at = given.expires_at, time_zone = given.time_zone, subject_revision = given.subject_revision,
      updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (org_id uuid, id uuid, planned_at timestamptz,
      expires_at timestamptz, time_zone text, subject_revision int)
    where messages.org_id = given.org_id and messages.id = given.id and ${guard}`.execute(tx);
}

/**
 * What stays as it was planned was planned anew all the same: it now stands on its subject as it is. Should that
 * change between the plan and this statement, its event is undecided, and delivery waits for that.
 */
async function confirmRuns(tx: Tx, runs: readonly OrgRun[]): Promise<void> {
  for (const [type, table] of entityTables) {
    const about = runs.filter(({ subject }) => subject?.type === type);
    if (about.length === 0) continue;
    const rows = about.map(({ orgId, id }) => ({ org_id: orgId, run_id: id }));
    await sql`${ahead}
      update messages set subject_revision = entity.revision
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (org_id uuid, run_id uuid),
        ${sql.table(table)} entity
      where messages.org_id = given.org_id and messages.run_id = given.run_id and messages.status = 'scheduled'
        and entity.org_id = messages.org_id and entity.id = messages.subject_id::uuid
        and messages.subject_revision is distinct from entity.revision`.execute(tx);
  }
}

/**
 * Runs that are over plan nothing any more, but what they left to quiet hours and caps still goes out: a subject that has
 * changed since must not keep it for ever.
 */
async function confirmSubjects(tx: Tx, confirmed: Consequences['confirm']): Promise<void> {
  for (const [type, table] of entityTables) {
    const about = confirmed.filter(({ subject }) => subject.type === type);
    if (about.length === 0) continue;
    const rows = about.map(({ orgId, contactId, subject }) => ({
      org_id: orgId,
      contact_id: contactId,
      subject_id: subject.id,
    }));
    await sql`${ahead}
      update messages set subject_revision = entity.revision
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (org_id uuid, contact_id uuid, subject_id text),
        ${sql.table(table)} entity
      where messages.org_id = given.org_id and messages.subject_type = ${type}
        and messages.subject_id = given.subject_id and messages.contact_id = given.contact_id
        and messages.status = 'scheduled' and messages.run_id is not null
        and entity.org_id = messages.org_id and entity.id = messages.subject_id::uuid
        and messages.subject_revision is distinct from entity.revision`.execute(tx);
  }
}

async function writeDecisions(tx: Tx, decisions: readonly RecordedDecision[], now: Date): Promise<void> {
  if (decisions.length === 0) return;
  const rows = decisions.map((decision) => ({
    org_id: decision.orgId,
    id: randomIds(),
    message_id: decision.messageId,
    run_id: decision.runId,
    contact_id: decision.contactId,
    event_id: decision.eventId,
    rule: decision.rule,
    verdict: decision.verdict,
    facts: decision.facts,
  }));
  await sql`${ahead}
    insert into decisions (org_id, id, message_id, run_id, contact_id, event_id, rule, verdict, facts, at)
    select org_id, id, message_id, run_id, contact_id, event_id, rule, verdict, facts, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (org_id uuid, id uuid, message_id uuid, run_id uuid,
      contact_id uuid, event_id uuid, rule text, verdict text, facts jsonb)`.execute(tx);
}

async function writeEvents(tx: Tx, events: Consequences['events']): Promise<void> {
  await rememberEvents(
    tx,
    events.filter((one) => !one.decide),
  );
  const byOrganization = Map.groupBy(
    events.filter((one) => one.decide),
    (one): OrgId => one.orgId,
  );
  for (const [orgId, theirs] of byOrganization)
    await recordEvents(
      tx,
      orgId,
      theirs.map((one): NewEvent => one.event),
    );
}
