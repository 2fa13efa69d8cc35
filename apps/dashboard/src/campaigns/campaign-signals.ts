import type { Campaign, RecipientStatus } from '../data/campaigns';
import type { Signal } from '../design/flag';

/** What flag a campaign flies. */
export const campaignSignals: Record<Campaign['status'], Signal> = {
  draft: 'lowered',
  scheduled: 'waiting',
  running: 'waiting',
  paused: 'unsure',
  completed: 'good',
  cancelled: 'lowered',
};

/** What flag one of its recipients flies. */
export const recipientSignals: Record<RecipientStatus, Signal> = {
  PROCESSING: 'waiting',
  SENT: 'good',
  FAILED: 'bad',
  HELD_BACK: 'lowered',
  CANCELLED: 'lowered',
  UNKNOWN: 'unsure',
};
