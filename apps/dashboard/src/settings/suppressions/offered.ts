import type { Suppression } from '../../data/settings';

export const reasons = [
  'hard_bounce',
  'soft_bounces',
  'complaint',
  'unsubscribed',
  'stop',
  'manual',
  'invalid',
] as const satisfies readonly Suppression['reason'][];
