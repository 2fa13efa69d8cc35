import type { Message } from '../data/queries';
import type { Signal } from '../design/flag';

/** What flag a message flies, by how it stands. */
export const signals: Record<Message['status'], Signal> = {
  scheduled: 'waiting',
  sending: 'waiting',
  sent: 'good',
  delivered: 'good',
  bounced: 'bad',
  failed: 'bad',
  dead: 'bad',
  unknown: 'unsure',
  skipped: 'lowered',
  cancelled: 'lowered',
  expired: 'lowered',
};
