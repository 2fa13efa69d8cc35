import type { Severity } from '../data/alerts';

/** Each worse than the one before. */
export const severities = ['info', 'warning', 'error', 'critical'] as const satisfies readonly Severity[];
