/** Everything that is counted, by its name at /metrics (with the prefix halyard_), and the labels it takes. */
export const counters = {
  loop_rounds_total: { help: 'Rounds of a claim loop that ended well', labels: ['loop'] },
  loop_claimed_total: { help: 'Rows that a claim loop took on', labels: ['loop'] },
  loop_failures_total: { help: 'Rounds of a claim loop that threw', labels: ['loop'] },
  messages_total: { help: 'Messages that reached a status', labels: ['channel', 'status'] },
  attempts_total: { help: 'Calls to providers, by outcome', labels: ['provider', 'outcome'] },
  deliveries_total: { help: 'Webhook deliveries, by outcome', labels: ['outcome'] },
} as const;

/** Everything that is timed, in seconds. */
export const timers = {
  http_request_duration_seconds: { help: 'Requests, by route', labels: ['method', 'route', 'status'] },
  loop_round_duration_seconds: { help: 'Rounds of a claim loop', labels: ['loop'] },
  message_lateness_seconds: { help: 'From the planned moment to the release', labels: ['lane'] },
} as const;

type Counters = typeof counters;
type Timers = typeof timers;

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
