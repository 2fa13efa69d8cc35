import { ReviewKind } from '@halyard/contracts/review/routes';
import { laneNames } from '@halyard/core/metrics';
import type { Database } from '@halyard/postgres/database';
import type { WaitingWork } from '@halyard/postgres/waiting-work';
import { readWaitingWork } from '@halyard/postgres/waiting-work';
import type { Logger } from 'pino';
import type { PrometheusMetrics, Reading } from './prometheus.js';

/** However often somebody asks, the database is asked no more often than this. */
const freshMs = 5_000;

const one = (value: number, labels: Record<string, string> = {}): Reading => ({ value, labels });

const connectionStates = ['closed', 'open', 'half_open', 'paused'];

/** What there is none of is told as 0: an alert on something missing would never fire. */
const counted = (
  label: string,
  known: readonly string[],
  rows: readonly { name: string; n: number }[],
): Reading[] => known.map((name) => one(rows.find((row) => row.name === name)?.n ?? 0, { [label]: name }));

interface WaitingGauge {
  help: string;
  labels: readonly string[];
  read: (waiting: WaitingWork) => Reading[];
}

/** What waits in the database; the same number from every worker, so dashboards take the largest. */
export const waitingGauges: Record<string, WaitingGauge> = {
  messages_due: {
    help: 'Messages that are due and not taken on yet, by lane; up to 10,000 of each organization',
    labels: ['lane'],
    read: ({ dueMessages }) => dueMessages.map(({ lane, n }) => one(n, { lane: laneNames[lane] })),
  },
  messages_due_age_seconds: {
    help: 'For how long the message that is due longest has been due, by lane',
    labels: ['lane'],
    read: ({ dueMessages }) => dueMessages.map(({ lane, age }) => one(age, { lane: laneNames[lane] })),
  },
  messages_awaiting_report: {
    help: 'Messages of which only a report can tell whether they arrived; up to 10,000',
    labels: [],
    read: ({ unknownMessages }) => [one(unknownMessages.awaitingReport)],
  },
  events_pending: {
    help: 'Events that wait for their decision; up to 10,000 of each organization',
    labels: [],
    read: ({ pendingEvents }) => [one(pendingEvents.n)],
  },
  events_pending_age_seconds: {
    help: 'For how long the event that waits longest has waited',
    labels: [],
    read: ({ pendingEvents }) => [one(pendingEvents.age)],
  },
  runs_due: {
    help: 'Runs whose time has come; up to 10,000',
    labels: [],
    read: ({ dueRuns }) => [one(dueRuns.n)],
  },
  runs_due_age_seconds: {
    help: 'For how long the run that is due longest has been due',
    labels: [],
    read: ({ dueRuns }) => [one(dueRuns.age)],
  },
  deliveries_due: {
    help: 'Webhook deliveries that are due; up to 10,000',
    labels: [],
    read: ({ pendingDeliveries }) => [one(pendingDeliveries.n)],
  },
  deliveries_due_age_seconds: {
    help: 'For how long the webhook delivery that is due longest has been due',
    labels: [],
    read: ({ pendingDeliveries }) => [one(pendingDeliveries.age)],
  },
  review_items_open: {
    help: 'What waits for a person, by kind',
    labels: ['kind'],
    read: ({ reviewItems }) =>
      counted(
        'kind',
        ReviewKind.options,
        reviewItems.map(({ kind, n }) => ({ name: kind, n })),
      ),
  },
  connections: {
    help: 'Connections by the state of their breaker, or paused',
    labels: ['state'],
    read: ({ connections }) =>
      counted(
        'state',
        connectionStates,
        connections.map(({ state, n }) => ({ name: state, n })),
      ),
  },
};

/** Shows what waits in the database. Only a worker may look at all organizations: other processes do not have these. */
export function gaugeWaitingWork(metrics: PrometheusMetrics, worker: Database | null, log: Logger): void {
  if (!worker) return;
  let asked: { at: number; waiting: Promise<WaitingWork> } | undefined;
  const waiting = (): Promise<WaitingWork> => {
    const now = performance.now();
    if (!asked || now - asked.at > freshMs) {
      asked = { at: now, waiting: readWaitingWork(worker) };
      asked.waiting.catch((error: unknown) => log.warn({ err: error }, 'what waits could not be counted'));
    }
    return asked.waiting;
  };
  for (const [name, { help, labels, read }] of Object.entries(waitingGauges))
    metrics.gauge(name, help, labels, async () => read(await waiting()));
}
