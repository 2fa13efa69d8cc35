import type { ContactId, FlowId, FlowVersionId } from '../ids.js';
import { draw, lot } from './lot.js';

/** A version that takes new contacts, and its share of them. */
export interface LiveVersion {
  id: FlowVersionId;
  weight: number;
}

/**
 * Which version a contact gets: the one they had, as long as it is live, whatever the weights became; else by lot
 * in proportion to the weights, the same for the same contact every time. Null when nothing is live.
 */
export function assignVersion(
  flowId: FlowId,
  contactId: ContactId,
  live: readonly LiveVersion[],
  existing: FlowVersionId | null,
): FlowVersionId | null {
  const kept = live.find((version) => version.id === existing && version.weight > 0);
  if (kept) return kept.id;
  const ordered = [...live].sort((a, b) => (a.id < b.id ? -1 : 1));
  return draw(ordered, lot(flowId, contactId))?.id ?? null;
}
