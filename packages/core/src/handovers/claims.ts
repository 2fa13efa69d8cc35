import type { ClaimedItem, ClaimInput } from '@halyard/contracts/handovers/claim';
import type { Wakeups } from '../claim-loop.js';
import type { DecidedBatch, DecideParts } from '../delivery/decide-batch.js';
import { decideBatch } from '../delivery/decide-batch.js';
import type { Verdict } from '../delivery/delivery-store.js';
import { tellVerdicts } from '../delivery/tell-verdicts.js';
import type { OrgId } from '../ids.js';
import type { LinkTokens } from '../tracking/link-tokens.js';
import type { Watch } from '../watch.js';
import type { HandoverStore } from './handover-store.js';

export type HandoverParts = Omit<DecideParts, 'roomAt' | 'sender'> & {
  tokens: Pick<LinkTokens, 'url'>;
  wakeups: Wakeups;
  watch: Watch;
};

/** There is no call of ours that would take room. */
const anyRoom = () => Number.POSITIVE_INFINITY;

/** Hands out messages to workflows that send them: decided, rendered and their intent committed as for a call of our own. */
export class Claims {
  constructor(
    private readonly store: Pick<HandoverStore, 'claim' | 'setAside'>,
    private readonly parts: HandoverParts,
  ) {}

  async claim(orgId: OrgId, { channels, limit, lease_seconds }: ClaimInput): Promise<ClaimedItem[]> {
    const { clock, wakeups, watch } = this.parts;
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + lease_seconds * 1_000);
    let decided: DecidedBatch = { verdicts: [], buckets: [], probes: [], ready: [], undecided: [] };
    const what = { channels: channels ?? null, limit };
    await this.store.claim(orgId, what, { now, leaseUntil }, (batch) => {
      decided = decideBatch(batch, now, { ...this.parts, roomAt: anyRoom, sender: 'claim' });
      return decided;
    });
    tellVerdicts(watch, decided.verdicts);
    for (const { message, problem } of decided.undecided) await this.store.setAside(message, problem, now);
    if (decided.verdicts.length > 0) wakeups.poke('messages');
    return decided.verdicts.flatMap((verdict) => this.#item(verdict, decided, leaseUntil));
  }

  #item(verdict: Verdict, { ready }: DecidedBatch, leaseUntil: Date): ClaimedItem[] {
    if (verdict.kind !== 'send') return [];
    const { sending, candidate } = verdict;
    const { attemptId, orgId } = sending;
    const { subject, class: messageClass, topic } = candidate.message;
    const payload = ready.find((one) => one.sending.attemptId === attemptId)?.sending.payload;
    return [
      {
        attempt_id: attemptId,
        message_id: sending.messageId,
        item_id: subject?.type === 'outreach_item' ? subject.id : null,
        contact_id: sending.contactId,
        connection_id: sending.connectionId,
        channel: sending.channel,
        class: messageClass,
        topic,
        idempotency_key: sending.idempotencyKey,
        lease_until: leaseUntil.toISOString(),
        report_url: this.parts.tokens.url('attempt', { orgId, attemptId }),
        payload: payload as unknown as ClaimedItem['payload'],
      },
    ];
  }
}
