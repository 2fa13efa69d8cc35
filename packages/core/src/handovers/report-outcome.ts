import type { ReportedOutcome } from '@halyard/contracts/handovers/outcome';
import type { OutcomeReceipt } from '@halyard/contracts/handovers/routes';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { ReportSink } from '../connections/report-sink.js';
import { AttemptWatch } from '../delivery/attempt-watch.js';
import type { RecordedOutcome } from '../delivery/delivery-store.js';
import { afterOutcome } from '../delivery/outcome.js';
import type { ProviderReport } from '../delivery/provider.js';
import type { Sending } from '../delivery/sending.js';
import { DomainError, notFound } from '../domain-error.js';
import type { AttemptId, OrgId } from '../ids.js';
import type { LinkTokens } from '../tracking/link-tokens.js';
import type { Watch } from '../watch.js';
import type { HandoverStore, KnownAttempt } from './handover-store.js';
import { outcomeOf } from './reported-outcome.js';

export interface ReportParts {
  clock: Clock;
  wakeups: Wakeups;
  /** What is told of a message that is out already. */
  sink: ReportSink;
  watch: Watch;
  tokens: Pick<LinkTokens, 'read'>;
}

/**
 * What became of messages that somebody else sent. The first report settles the attempt, also one that was given up as
 * unknown; a later one can only add to it: what was sent was delivered, bounced or failed.
 */
export class ReportOutcome {
  readonly #attempts: AttemptWatch;

  constructor(
    private readonly store: Pick<HandoverStore, 'attempt' | 'record'>,
    private readonly parts: ReportParts,
  ) {
    this.#attempts = new AttemptWatch(parts.watch);
  }

  async report(orgId: OrgId, id: AttemptId, reported: ReportedOutcome): Promise<OutcomeReceipt> {
    const before = await this.#find(orgId, id);
    if (before.sending.provider !== 'n8n') throw new DomainError('conflict', ours);
    if (before.outcome === null || before.outcome === 'unknown') await this.#settle(before.sending, reported);
    const { outcome } = await this.#find(orgId, id);
    assertAgrees(outcome, reported);
    const told = outcome === 'accepted' ? reportOf(before.sending, reported, this.parts.clock.now()) : null;
    if (told) await this.parts.sink.apply(orgId, before.sending.connectionId, [told]);
    const after = await this.#find(orgId, id);
    return {
      attempt_id: id,
      message_id: after.sending.messageId,
      outcome: after.outcome ?? 'unknown',
      status: after.status,
    };
  }

  /** As `report`, for who was given the address of an attempt. */
  reportByToken(token: string, reported: ReportedOutcome): Promise<OutcomeReceipt> {
    const named = this.parts.tokens.read('attempt', token);
    if (!named) throw new DomainError('not_found', 'There is nothing at this address.');
    return this.report(named.orgId, named.attemptId, reported);
  }

  async #find(orgId: OrgId, id: AttemptId): Promise<KnownAttempt> {
    const found = await this.store.attempt(orgId, id);
    if (!found) throw notFound('attempt');
    return found;
  }

  async #settle(sending: Sending, reported: ReportedOutcome): Promise<void> {
    const at = this.parts.clock.now();
    const outcome = outcomeOf(reported);
    const transition = afterOutcome(sending, outcome, { kind: 'ask_person' }, at);
    // It says nothing of n8n itself, which others of its messages go through by other accounts.
    const quiet = { ...transition, breaker: 'no_evidence', blockConnectionUntil: null } as const;
    const recorded: RecordedOutcome = { sending, outcome, at, transition: quiet, reported: true };
    const woken = await this.store.record(sending.orgId, [recorded]);
    this.#attempts.begun(sending);
    this.#attempts.recorded([recorded]);
    for (const kind of new Set([...woken, 'messages' as const])) this.parts.wakeups.poke(kind);
  }
}

const ours = 'This attempt was not handed over: Halyard made the call, and its provider reports.';

function assertAgrees(settled: KnownAttempt['outcome'], reported: ReportedOutcome): void {
  if (settled === outcomeOf(reported).kind) return;
  if (settled === 'accepted' && reported.outcome === 'failed') return;
  throw new DomainError(
    'conflict',
    `Another outcome was reported before (${settled ?? 'none'}), and the message was treated by it.`,
  );
}

/** What happened to it after it was sent; null when that is all there is to tell. */
function reportOf(
  { attemptId, messageId, channel, address }: Sending,
  { outcome, provider_message_id, detail }: ReportedOutcome,
  now: Date,
): ProviderReport | null {
  if (outcome !== 'delivered' && outcome !== 'bounced' && outcome !== 'failed') return null;
  return {
    key: `${attemptId}:${outcome}`,
    type: outcome,
    occurredAt: now,
    ...(provider_message_id !== undefined && { providerMessageId: provider_message_id }),
    messageId,
    attemptId,
    channel,
    ...(address && { address }), // none after an erasure
    ...(detail !== undefined && { detail }),
    raw: { reported: outcome },
  };
}
