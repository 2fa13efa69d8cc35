import type { OutreachResult } from '@halyard/contracts/outreach/item';
import type { Pushed } from '@halyard/core/outreach/outreach';

/** What became of one item of a batch, as callers are told. */
export function outreachResult(pushed: Pushed): OutreachResult {
  if (pushed.kind === 'refused')
    return { status: 'rejected', code: pushed.code, detail: pushed.detail, errors: [...pushed.issues] };
  const { id, contact_id, accepted_at } = pushed;
  return { status: 'accepted', id, contact_id, accepted_at };
}
