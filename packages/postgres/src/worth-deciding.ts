import { announcing } from '@halyard/core/academy/events';
import { startRequested, stopRequested, ticked } from '@halyard/core/decide/requests';
import { entityPatterns } from '@halyard/core/events/entities';
import type { FlowVersionId, OrgId } from '@halyard/core/ids';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/**
 * The rows of `given (org_id, id, type, contact_id, subject_type, subject_id, ruled_out, n)` that a decision can come of,
 * as a query: only they wait in the queue, which costs more than the fact itself. `asked`: versions of flows that let no
 * event in that is `ruled_out` (`trigger-filters.ts`); without any, that is true of all.
 *
 * Nothing comes of an event that is about nobody; nor when no flow of its organization was ever published that it may
 * start, and it concerns no run of its contact, who waits to enter none and was not merged away. All this is seen by one
 * statement, so whatever is not seen yet comes after the event; what comes before it among the given ones counts.
 * Requests, ticks, announcements and facts about bookings and enrollments, for which delivery waits, are always decided.
 */
export const worthDeciding = (
  orgIds: readonly OrgId[],
  types: readonly string[],
  asked: readonly FlowVersionId[],
) => sql`
  select org_id, id, contact_id from (
    select org_id, id, contact_id, n,
      bool_or(${canMatter(orgIds, types, asked)}) over (partition by org_id, contact_id order by n) as worth
    from given
  ) judged where worth order by n`;

const canMatter = (
  orgIds: readonly OrgId[],
  types: readonly string[],
  asked: readonly FlowVersionId[],
) => sql`(
  given.type = any (${[startRequested, stopRequested, ticked, announcing]}::text[])
  or given.contact_id is not null and (
    given.type like any (${entityPatterns}::text[])
    or not given.ruled_out
    or (given.org_id, given.type) in (
      select versions.org_id, asked.type
      from unnest(${types}::text[]) as asked (type) join flow_versions versions on versions.trigger_event = asked.type
        or (versions.trigger_event like '%.*' and starts_with(asked.type, left(versions.trigger_event, -1)))
      where versions.org_id = any (${orgIds}::uuid[])
        and versions.id not in (
          select known.id::uuid from jsonb_array_elements_text(${JSON.stringify(asked)}::jsonb) as known (id)))
    or ${found(sql`runs join flow_versions versions on versions.org_id = runs.org_id and versions.id = runs.version_id
      where runs.org_id = given.org_id and runs.contact_id = given.contact_id and runs.status = 'active' and ${concerns}`)}
    or ${found(sql`pending_events earlier where earlier.org_id = given.org_id and earlier.contact_id = given.contact_id`)}
    or (select merged_into from contacts where contacts.org_id = given.org_id and contacts.id = given.contact_id)
      is not null))`;

/** As core's `concerns`. */
const concerns = sql`(
  runs.wake_at <= statement_timestamp()
  or given.type like 'contact.%'
  or runs.subject_type = given.subject_type and runs.subject_id = given.subject_id
  or (select bool_or(pattern in ('*', given.type) or pattern like '%.*' and starts_with(given.type, left(pattern, -1)))
      from unnest(runs.waiting_for || versions.rule_events) as pattern))`;

/** As `exists`, which for a few rows at once would read the runs and the queue of everybody to be hashed. */
const found = (rows: RawBuilder<unknown>) => sql`(select true from ${rows} limit 1) is not null`;
