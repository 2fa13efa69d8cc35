import type { DueMessage } from '@halyard/core/delivery/candidate';
import type { ClaimedBatch } from '@halyard/core/delivery/delivery-store';
import type { Tx } from '../database.js';
import { claimProbes } from './connection-health.js';
import { loadCandidates } from './load-candidates.js';
import { loadOrganizations } from './load-organizations.js';
import { lockBuckets } from './rate-buckets.js';

/** Reads all that the release of claimed messages rests on, and locks what they take from one another. */
export async function loadBatch(tx: Tx, messages: readonly DueMessage[], now: Date): Promise<ClaimedBatch> {
  const orgIds = [...new Set(messages.map(({ orgId }) => orgId))];
  const organizations = await loadOrganizations(tx, orgIds);
  const buckets = await lockBuckets(tx, organizations.values(), now);
  await claimProbes(tx, organizations.values(), now);
  const candidates = await loadCandidates(tx, messages, organizations, now);
  return { candidates, buckets };
}
