import type { Permit, PermitInput } from '@halyard/contracts/handovers/permit';
import { decideBatch } from '../delivery/decide-batch.js';
import type { Verdict } from '../delivery/delivery-store.js';
import { tellVerdicts } from '../delivery/tell-verdicts.js';
import { DomainError } from '../domain-error.js';
import type { OrgId } from '../ids.js';
import type { HandoverParts } from './claims.js';
import type { HandoverStore } from './handover-store.js';
import { usedUp, verdictOf } from './permit-verdict.js';

const undecided =
  'This permit could not be decided, and nothing is on record. Do not send; ask again later with the same key and Idempotency-Key.';

/**
 * Says whether somebody may send a message of their own: by the rules, rates and caps that hold for ours, and on record as
 * one of ours. A permit is an intent: until its outcome is reported, the message may be out.
 */
export class Permits {
  constructor(
    private readonly store: Pick<HandoverStore, 'ask'>,
    private readonly parts: HandoverParts,
  ) {}

  async ask(orgId: OrgId, input: PermitInput): Promise<Permit> {
    const { clock, tokens, watch, wakeups } = this.parts;
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + input.expires_in_seconds * 1_000);
    let verdicts: readonly Verdict[] = [];
    const state = await this.store.ask(orgId, input, { now, leaseUntil }, (batch) => {
      const decided = decideBatch(batch, now, { ...this.parts, roomAt: () => 1, sender: 'permit' });
      const [problem] = decided.undecided;
      if (problem) throw new DomainError('unavailable', `${undecided} (${problem.problem})`);
      verdicts = decided.verdicts;
      return decided;
    });
    tellVerdicts(watch, verdicts);
    wakeups.poke('messages'); // a lease may be the next that ends
    const { messageId, contactId, attemptId } = state;
    const verdict = verdictOf(state);
    const granted = verdict === 'granted';
    const mail = granted && input.channel === 'email';
    const used = usedUp(state);
    // Also a late report is one; but not by somebody else's asker while it is under way.
    const tried = verdict === 'deferred' || used?.reason === 'already_granted' ? null : attemptId;
    return {
      key: input.key,
      verdict,
      reason: used?.reason ?? state.reason,
      explanation: used?.explanation ?? (granted ? null : state.needs),
      message_id: messageId,
      status: state.status,
      attempt_id: tried,
      channel: input.channel,
      address: granted ? state.address : null,
      report_url: tried ? tokens.url('attempt', { orgId, attemptId: tried }) : null,
      unsubscribe_url: mail ? tokens.url('unsubscribe', { orgId, messageId, contactId }) : null,
      not_before: verdict === 'deferred' ? state.dueAt.toISOString() : null,
      expires_at: state.leaseUntil?.toISOString() ?? null,
    };
  }
}
