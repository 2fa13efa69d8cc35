import type { WorkKind } from '../claim-loop.js';
import { StoreUnavailable } from '../store-unavailable.js';
import type { DeliveryStore, RecordedOutcome } from './delivery-store.js';

/** What became of outcomes that could not be recorded together. */
export interface RecordedApart {
  recorded: RecordedOutcome[];
  /** The database cannot take them now. */
  waiting: RecordedOutcome[];
  /** The database will not take them: their messages are left to their leases. */
  refused: { refused: RecordedOutcome; error: unknown }[];
  /** Loops that have work by it. */
  woken: Set<WorkKind>;
}

/** Records one by one, so that one that cannot be recorded does not keep the others. */
export async function recordApart(
  store: Pick<DeliveryStore, 'record'>,
  outcomes: readonly RecordedOutcome[],
): Promise<RecordedApart> {
  const apart: RecordedApart = { recorded: [], waiting: [], refused: [], woken: new Set() };
  for (const one of outcomes)
    try {
      for (const kind of await store.record([one])) apart.woken.add(kind);
      apart.recorded.push(one);
    } catch (error) {
      if (error instanceof StoreUnavailable) apart.waiting.push(one);
      else apart.refused.push({ refused: one, error });
    }
  return apart;
}
