import type { PermitInput } from '@halyard/contracts/handovers/permit';
import type { WorkKind } from '@halyard/core/claim-loop';
import type { DueMessage } from '@halyard/core/delivery/candidate';
import type {
  ClaimedBatch,
  MessageKey,
  RecordedOutcome,
  Verdicts,
} from '@halyard/core/delivery/delivery-store';
import type {
  Claimable,
  HandoverStore,
  HandoverTerm,
  KnownAttempt,
  PermitState,
} from '@halyard/core/handovers/handover-store';
import { isToDecide } from '@halyard/core/handovers/permit-verdict';
import type { AttemptId, OrgId } from '@halyard/core/ids';
import type { Database, Tx } from '../database.js';
import { loadBatch } from '../delivery/load-batch.js';
import { recordOutcomes } from '../delivery/record-outcomes.js';
import { setAside } from '../delivery/set-aside.js';
import { writeVerdicts } from '../delivery/write-verdicts.js';
import { knownAttempt } from './known-attempt.js';
import { permitMessage } from './permit-message.js';
import { readPermit } from './permit-state.js';
import { lockClaimable, lockMessage } from './waiting-messages.js';

type Decide = (batch: ClaimedBatch) => Verdicts;

/** What is handed over on request: the same reading, rules and writing as the loop's, in a transaction of the organization. */
export class PgHandoverStore implements HandoverStore {
  constructor(private readonly database: Database) {}

  claim(orgId: OrgId, what: Claimable, term: HandoverTerm, decide: Decide): Promise<void> {
    return this.database.forOrg(orgId, async (tx) =>
      release(tx, await lockClaimable(tx, orgId, what), term, decide),
    );
  }

  setAside(failed: MessageKey, problem: string, now: Date): Promise<void> {
    return this.database.forOrg(failed.orgId, (tx) => setAside(tx, failed, problem, now));
  }

  ask(orgId: OrgId, input: PermitInput, term: HandoverTerm, decide: Decide): Promise<PermitState> {
    return this.database.forOrg(orgId, async (tx) => {
      const id = await permitMessage(tx, orgId, input, term.now);
      const message = await lockMessage(tx, orgId, id);
      const before = await readPermit(tx, orgId, id);
      if (!isToDecide(before, term.now)) return { ...before, handedOut: false };
      await release(tx, message, term, decide);
      const after = await readPermit(tx, orgId, id);
      return { ...after, handedOut: after.attemptId !== before.attemptId };
    });
  }

  attempt(orgId: OrgId, id: AttemptId): Promise<KnownAttempt | null> {
    return this.database.forOrg(orgId, (tx) => knownAttempt(tx, orgId, id));
  }

  record(orgId: OrgId, outcomes: readonly RecordedOutcome[]): Promise<ReadonlySet<WorkKind>> {
    return this.database.forOrg(orgId, (tx) => recordOutcomes(tx, outcomes));
  }
}

/** No worker of ours has them, so no owner: only the end of the lease takes them back. */
async function release(
  tx: Tx,
  messages: readonly DueMessage[],
  { now, leaseUntil }: HandoverTerm,
  decide: Decide,
): Promise<void> {
  if (messages.length === 0) return;
  const batch = await loadBatch(tx, messages, now);
  await writeVerdicts(tx, { now, leaseUntil, owner: null }, decide(batch));
}
