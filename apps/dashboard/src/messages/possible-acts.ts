import type { Message } from '../data/queries';

const retried = new Set<Message['status']>(['failed', 'expired', 'cancelled', 'dead', 'unknown']);

/** What a person may do to a message as it stands; null when there is nothing. */
export function actOn(status: Message['status']): 'cancel' | 'retry' | null {
  if (status === 'scheduled') return 'cancel';
  return retried.has(status) ? 'retry' : null;
}
