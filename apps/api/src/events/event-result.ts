import type { EventResult } from '@halyard/contracts/events/event';
import type { Receipt } from '@halyard/core/events/events';

/** What became of one event of a batch, as callers are told. */
export function eventResult(receipt: Receipt): EventResult {
  if (receipt.kind === 'refused')
    return {
      status: 'rejected',
      code: receipt.code,
      detail: receipt.detail,
      errors: [...receipt.issues],
    };
  const { id, contactId, duplicate } = receipt;
  return { status: 'accepted', id, contact_id: contactId, duplicate };
}
