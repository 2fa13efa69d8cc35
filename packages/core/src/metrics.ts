/** Everything that is counted, by its name at /metrics (with the prefix halyard_), and the labels it takes. */
export const counters = {
  loop_rounds_total: { help: 'Rounds of a claim loop that ended well', labels: ['loop'] },
  loop_claimed_total: { help: 'Rows that a claim loop took on', labels: ['loop'] },
  loop_failures_total: { help: 'Rounds of a claim loop that threw', labels: ['loop'] },
  messages_total: { help: 'Messages that reached a status', labels: ['channel', 'status'] },
  messages_held_total: { help: 'Times that a message was put off at release, by rule', labels: ['rule'] },
  attempts_total: { help: 'Calls to providers, by outcome', labels: ['provider', 'outcome'] },
  reports_total: { help: 'What providers reported, by type', labels: ['type'] },
  decisions_failed_total: { help: 'Events and runs that could not be decided', labels: ['of'] },
  workflow_calls_total: { help: 'Tries to call a workflow, by outcome', labels: ['outcome'] },
  deliveries_total: { help: 'Webhook deliveries, by outcome', labels: ['outcome'] },
  retention_removed_total: { help: 'Rows removed because they were kept long enough', labels: ['of'] },
  jobs_total: { help: 'Jobs that ended, by outcome', labels: ['queue', 'outcome'] },
} as const;

const short = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Everything that is timed, in seconds. */
export const timers = {
  http_request_duration_seconds: {
    help: 'Requests, by route',
    labels: ['method', 'route', 'status'],
    buckets: short,
  },
  loop_round_duration_seconds: { help: 'Rounds of a claim loop', labels: ['loop'], buckets: short },
  message_lateness_seconds: {
    help: 'From the moment a message was due to its acceptance by a provider',
    labels: ['lane'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
  },
  attempt_duration_seconds: {
    help: 'From the call of a provider to its answer',
    labels: ['provider'],
    buckets: short,
  },
} as const;

type Counters = typeof counters;
type Timers = typeof timers;

/** The lanes of delivery, as labels. */
export const laneNames = { 0: 'transactional', 1: 'other' } as const;

/** Where the numbers about the running process go. Cheap enough to call for every row. */
export interface Metrics {
  count<N extends keyof Counters>(
    name: N,
    labels: Record<Counters[N]['labels'][number], string>,
    by?: number,
  ): void;
  time<N extends keyof Timers>(
    name: N,
    labels: Record<Timers[N]['labels'][number], string>,
    seconds: number,
  ): void;
}

/** For tests and one-off commands: nobody reads the numbers. */
export const noMetrics: Metrics = { count: () => {}, time: () => {} };
