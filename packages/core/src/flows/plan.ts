import type { MessageId } from '../ids.js';
import type { MessageStatus } from '../messages/message.js';
import type { PlannedMessage } from './run.js';

/** A message of the run as the database has it. */
export interface PlanRow {
  messageId: MessageId;
  stepId: string;
  occurrence: number;
  status: MessageStatus;
  reason: string | null;
  plannedAt: Date;
}

/**
 * Why planning itself ended a message. Only these are planning's to take back; any other reason was given at release,
 * by a person or by a provider, and stays.
 * - `past`: its moment was over (status skipped).
 * - `unplanned`: the plan no longer holds it.   - the others: the run ended, in this way.
 */
export const planningReasons = [
  'past',
  'unplanned',
  'goal_reached',
  'exited',
  'subject_cancelled',
  'flow_stopped',
] as const;
export type PlanningReason = (typeof planningReasons)[number];

/** What must be written so that the rows hold the plan. */
export interface PlanChanges {
  /** Missing ones; verdict `past` is written as skipped, for whoever looks at the plan. */
  insert: PlannedMessage[];
  /** Pending ones whose time changed. */
  move: { messageId: MessageId; planned: PlannedMessage }[];
  /** Pending ones that must not go out: `skipped` when their new moment is past, else `cancelled`. */
  cancel: { messageId: MessageId; status: 'cancelled' | 'skipped'; reason: PlanningReason }[];
  /** Back to scheduled, at the planned time: what planning itself had ended. */
  revive: { messageId: MessageId; planned: PlannedMessage }[];
}

/**
 * Compares what a run planned with the messages it has. Rows that were released (sending and beyond, or ended at
 * release) are never touched. `endReason`: why what is no longer planned is cancelled, when the run has ended.
 *
 * Whatever the order of changes, what is pending afterwards is what a fresh plan from the final facts would hold, less
 * what was released.
 */
export function reconcile(
  existing: readonly PlanRow[],
  plan: readonly PlannedMessage[],
  endReason: PlanningReason = 'unplanned',
): PlanChanges {
  const changes: PlanChanges = { insert: [], move: [], cancel: [], revive: [] };
  const rows = new Map(existing.map((row) => [keyOf(row), row]));
  for (const planned of plan) {
    const row = rows.get(keyOf(planned));
    rows.delete(keyOf(planned));
    if (!row) changes.insert.push(planned);
    else if (row.status === 'scheduled') moveOrSkip(row, planned, changes);
    else if (planned.verdict === 'send' && endedByPlanning(row))
      changes.revive.push({ messageId: row.messageId, planned });
  }
  for (const row of rows.values())
    if (row.status === 'scheduled')
      changes.cancel.push({ messageId: row.messageId, status: 'cancelled', reason: endReason });
  return changes;
}

function moveOrSkip(row: PlanRow, planned: PlannedMessage, changes: PlanChanges): void {
  if (planned.verdict === 'past')
    changes.cancel.push({ messageId: row.messageId, status: 'skipped', reason: 'past' });
  else if (row.plannedAt.getTime() !== planned.plannedAt.getTime())
    changes.move.push({ messageId: row.messageId, planned });
}

const endedByPlanning = (row: PlanRow): boolean =>
  (row.status === 'cancelled' || row.status === 'skipped') &&
  (planningReasons as readonly (string | null)[]).includes(row.reason);

const keyOf = ({ stepId, occurrence }: { stepId: string; occurrence: number }): string =>
  `${stepId}:${occurrence}`;
