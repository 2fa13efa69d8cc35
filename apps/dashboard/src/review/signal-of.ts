import type { ReviewItem } from '../data/review';
import type { Signal } from '../design/flag';

/** What flag a review item flies. */
export function signalOf({ kind, status }: ReviewItem): Signal {
  if (status === 'replayed') return 'good';
  if (status === 'resolved') return 'lowered';
  return kind === 'unknown_message' ? 'unsure' : 'bad';
}
