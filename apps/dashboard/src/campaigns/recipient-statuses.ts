import type { RecipientStatus } from '../data/campaigns';

/** In the order in which they are shown. */
export const recipientStatuses = [
  'SENT',
  'PROCESSING',
  'HELD_BACK',
  'FAILED',
  'UNKNOWN',
  'CANCELLED',
] as const satisfies readonly RecipientStatus[];
