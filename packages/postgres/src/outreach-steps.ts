import type { OutreachItem } from '@halyard/contracts/outreach/item';
import type { ContactId, OrgId } from '@halyard/core/ids';
import type { MessageStatus } from '@halyard/core/messages/message';
import type { StepOutcome, StepStore, WaitingStep } from '@halyard/core/outreach/release-steps';
import type { StepBefore } from '@halyard/core/outreach/sequence';
import { sql } from 'kysely';
import type { Database, Tx } from './database.js';
import { scheduleAcross } from './message-writer.js';

/** The worker's side of outreach: steps that wait for the one before them. */
export class PgStepStore implements StepStore {
  constructor(private readonly database: Database) {}

  lookAtSteps(
    limit: number,
    now: Date,
    decide: (steps: readonly WaitingStep[]) => StepOutcome[],
  ): Promise<{ claimed: number; released: number }> {
    return this.database.across(async (tx) => {
      const { rows } = await sql<StepRow>`
        select items.org_id, items.item, items.contact_id, previous.state as before_state,
          previous.status as before_status, previous.due_at as before_due_at
        from outreach_items items
        left join lateral (
          -- Should a step have been pushed twice, the one that went out counts.
          select step.state, messages.status, messages.due_at
          from outreach_items step
          left join messages on messages.org_id = step.org_id and messages.id = step.message_id
          where step.org_id = items.org_id and step.sequence_id = items.sequence_id and step.target = items.target
            and step.step = items.step - 1
          order by messages.sent_at nulls last, step.created_at limit 1
        ) previous on true
        where items.state = 'waiting' and items.check_at <= ${now}
        order by items.check_at limit ${limit}
        for update of items skip locked`.execute(tx);
      const outcomes = decide(rows.map(toStep));
      const released = await write(tx, outcomes);
      return { claimed: rows.length, released };
    });
  }

  nextLook(now: Date): Promise<Date | null> {
    return this.database.across(async (tx) => {
      const { rows } = await sql<{ at: Date | null }>`
        select min(check_at) as at from outreach_items where state = 'waiting' and check_at > ${now}`.execute(
        tx,
      );
      return rows[0]?.at ?? null;
    });
  }
}

async function write(tx: Tx, outcomes: readonly StepOutcome[]): Promise<number> {
  if (outcomes.length === 0) return 0;
  const released = outcomes.flatMap((one) =>
    one.kind === 'release' ? [{ orgId: one.orgId, message: one.message }] : [],
  );
  const written = await scheduleAcross(tx, released);
  const messageIds = new Map(released.map(({ message }, n) => [message, written[n]?.id]));
  const rows = outcomes.map((one) => ({
    org_id: one.orgId,
    id: one.itemId,
    state: one.kind === 'wait' ? 'waiting' : one.kind === 'cancel' ? 'cancelled' : 'released',
    reason: one.kind === 'cancel' ? one.reason : null,
    check_at: one.kind === 'wait' ? one.until : null,
    message_id: one.kind === 'release' ? messageIds.get(one.message) : null,
  }));
  await sql`
    update outreach_items set state = given.state, reason = given.reason, check_at = given.check_at,
      message_id = given.message_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (org_id uuid, id uuid, state text, reason text,
      check_at timestamptz, message_id uuid)
    where outreach_items.org_id = given.org_id and outreach_items.id = given.id`.execute(tx);
  return released.length;
}

interface StepRow {
  org_id: OrgId;
  item: OutreachItem;
  contact_id: ContactId | null;
  before_state: StepBefore['state'] | null;
  before_status: MessageStatus | null;
  before_due_at: Date | null;
}

const toStep = (row: StepRow): WaitingStep => ({
  orgId: row.org_id,
  item: row.item,
  contactId: row.contact_id,
  eventId: null,
  before: row.before_state && {
    state: row.before_state,
    message:
      row.before_status && row.before_due_at ? { status: row.before_status, dueAt: row.before_due_at } : null,
  },
});
