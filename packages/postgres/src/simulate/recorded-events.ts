import { startRequested, stopRequested } from '@halyard/core/decide/requests';
import type { ContactId, EventId, FlowId, OrgId } from '@halyard/core/ids';
import { changeIn } from '@halyard/core/simulate/booking-facts';
import { enrollmentChange, newlyEnrolled } from '@halyard/core/simulate/enrollment-changes';
import type { SimulatedInput, Tree } from '@halyard/core/simulate/starting-point';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

const page = 20_000;

/** What was recorded, page after page in the order of recording, without what the simulated flows did themselves. */
export async function* recordedEvents(
  tx: Tx,
  orgId: OrgId,
  {
    from,
    until,
    only,
    flowIds,
  }: { from: Date; until: Date; only: ContactId | null; flowIds: readonly FlowId[] },
): AsyncGenerator<RecordedRow[]> {
  let after: RecordedRow | undefined;
  for (;;) {
    const { rows }: { rows: RecordedRow[] } = await sql<RecordedRow>`
      select id, type, contact_id, subject_type, subject_id, payload, ${microseconds('occurred_at')} as occurred_us,
        ${microseconds('recorded_at')} as recorded_us
      from events
      where org_id = ${orgId} and recorded_at >= ${from} and recorded_at < ${until}
        and (${only}::uuid is null or contact_id = ${only})
        and not (coalesce(payload->>'flow_id', '') = any (${flowIds}::text[]) and (${itsOwn}))
        and (${after === undefined} or (recorded_at, id) >
          (timestamptz 'epoch' + ${after?.recorded_us ?? 0} * interval '1 microsecond', ${after?.id ?? null}::uuid))
      order by recorded_at, id limit ${page}`.execute(tx);
    if (rows.length) yield rows;
    if (rows.length < page) return;
    after = rows.at(-1);
  }
}

/** What a flow did, as opposed to what was asked of it: requests of its schedule are its own doing, too. */
const itsOwn = sql`
  (type like 'message.%' or type like 'flow.%') and not (type = ${stopRequested}
    or (type = ${startRequested} and coalesce(payload->>'occasion', '') not like 'tick:%'))`;

export interface RecordedRow {
  id: EventId;
  type: string;
  contact_id: ContactId | null;
  subject_type: string | null;
  subject_id: string | null;
  payload: Record<string, unknown>;
  /** Microseconds since 1970: a Date has no room for them, and numbers are read ten times as fast. */
  occurred_us: number;
  recorded_us: number;
}

export const microseconds = (column: 'occurred_at' | 'recorded_at') =>
  sql`(extract(epoch from ${sql.ref(column)}) * 1000000)::bigint`;

const dateOf = (us: number): Date => new Date(Math.floor(us / 1_000));

export const isBookingEvent = ({ type, subject_type, subject_id }: RecordedRow): boolean =>
  subject_type === 'booking' && subject_id !== null && type.startsWith('booking.');

export const isEnrollmentEvent = ({ type, subject_type, subject_id }: RecordedRow): boolean =>
  subject_type === 'enrollment' && subject_id !== null && type.startsWith('enrollment.');

/** `row`: the booking or enrollment as it is now, for what its events do not tell: whose it is. */
export function toInput(event: RecordedRow, row: Tree | undefined): SimulatedInput {
  const { subject_type, subject_id } = event;
  const subject = subject_type && subject_id ? { type: subject_type, id: subject_id } : null;
  const at = dateOf(event.recorded_us);
  const { id, type, contact_id: contactId, payload } = event;
  const occurredAt = dateOf(event.occurred_us);
  const input = { at, event: { id, type, contactId, subject, payload, occurredAt } };
  if (isEnrollmentEvent(event) && subject) {
    const set = enrollmentChange(payload, at);
    const isNew = type === 'enrollment.created';
    return {
      ...input,
      enrollment: { id: subject.id, set: isNew ? { ...newlyEnrolled(row ?? {}), ...set } : set },
    };
  }
  if (!isBookingEvent(event) || !subject) return input;
  const set = changeIn(payload, type, at);
  return {
    ...input,
    booking: { id: subject.id, set: type === 'booking.created' ? { ...untold(row), ...set } : set },
  };
}

/** Columns that the event of a new booking does not tell. */
const untold = (row: Tree = {}): Tree => ({
  contact_id: row.contact_id ?? null,
  external_id: row.external_id ?? null,
  created_at: row.created_at ?? null,
  product_id: null,
  checked_in_at: null,
  completed_at: null,
  cancelled_at: null,
  cancel_reason: null,
});
