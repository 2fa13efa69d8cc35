import type { Metric } from '../data/alerts';

/** What a metric is counted in. */
export const unitOf = (metric: Metric): 'percent' | 'seconds' | 'count' => {
  if (metric.endsWith('_rate')) return 'percent';
  return metric === 'lateness' ? 'seconds' : 'count';
};
