import type { Log } from '../log.js';
import { traceIdOf } from '../trace.js';
import type { Watch } from '../watch.js';
import type { Consequences, DueRun, PendingEvent } from './decide-store.js';

/** A line for each event that was decided, and for each message whose plan has changed by it. */
export function tellDecided(log: Log, wave: readonly PendingEvent[], consequences: Consequences): void {
  for (const pending of wave) log.debug(idsOf(pending), 'an event was decided');
  tellPlans(log, consequences);
}

export function tellPlans(log: Log, { schedule, move, revive, end }: Consequences): void {
  for (const { orgId, message } of schedule)
    log.debug(
      {
        org_id: orgId,
        message_id: message.id,
        run_id: message.origin?.runId,
        event_id: message.eventId,
        trace_id: traceIdOf(message.trace),
        planned_at: message.plannedAt,
        reason: message.skipped,
      },
      message.skipped ? 'a message was planned as skipped' : 'a message was planned',
    );
  for (const { orgId, id, plannedAt } of [...move, ...revive])
    log.debug({ org_id: orgId, message_id: id, planned_at: plannedAt }, 'a message was moved');
  for (const { orgId, id, status, reason } of end)
    log.debug({ org_id: orgId, message_id: id, status, reason }, 'a message was ended by its plan');
}

/** `retryAt`: null after the last try, when a person is asked. */
export function tellUndecided(
  { log, metrics }: Watch,
  failed: PendingEvent | DueRun,
  error: unknown,
  retryAt: Date | null,
): void {
  const of = 'event' in failed ? 'event' : 'run';
  metrics.count('decisions_failed_total', { of });
  log.warn(
    { ...idsOf(failed), tries: failed.tries + 1, retry_at: retryAt, err: error },
    `${of === 'event' ? 'an event' : 'a run'} could not be decided`,
  );
}

const idsOf = (one: PendingEvent | DueRun) =>
  'event' in one
    ? {
        org_id: one.orgId,
        event_id: one.event.id,
        event_type: one.event.type,
        contact_id: one.event.contactId,
        trace_id: traceIdOf(one.trace),
      }
    : { org_id: one.orgId, run_id: one.id, contact_id: one.contactId, trace_id: traceIdOf(one.trace) };
