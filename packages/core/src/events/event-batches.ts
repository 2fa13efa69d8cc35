import { EventInput } from '@halyard/contracts/events/event';
import { tellMissing } from '@halyard/contracts/tell-missing';
import { DomainError } from '../domain-error.js';
import type { OrgId } from '../ids.js';
import { misshapen } from '../misshapen.js';
import type { Quarantine, QuarantinedInput } from '../review/quarantine.js';
import type { Events, Receipt } from './events.js';

/** Events as they came, many at once: a broken one costs the others nothing, and can wait for a person to mend it. */
export class EventBatches {
  constructor(
    private readonly events: Pick<Events, 'recordAll'>,
    private readonly quarantine: Quarantine,
  ) {}

  /** Records each by itself, in the order given. `setAside`: those that are refused become review items, as they came. */
  async record(
    orgId: OrgId,
    inputs: readonly unknown[],
    { setAside }: { setAside: boolean },
  ): Promise<Receipt[]> {
    const parsed = inputs.map((input) => EventInput.safeParse(input, { error: tellMissing }));
    const recorded = (
      await this.events.recordAll(
        orgId,
        parsed.flatMap((one) => (one.success ? [one.data] : [])),
      )
    ).values();
    const receipts = parsed.map((one) =>
      one.success ? answered(recorded.next().value) : misshapen(one.error.issues),
    );
    const refused = setAside ? receipts.flatMap((receipt, n) => mendable(receipt, inputs[n])) : [];
    if (refused.length > 0) await this.quarantine.setAside(orgId, 'event', refused);
    return receipts;
  }

  /** Takes an event that was quarantined; see TakeInput. */
  async take(orgId: OrgId, input: unknown): Promise<DomainError | null> {
    const [receipt] = await this.record(orgId, [input], { setAside: false });
    if (receipt?.kind !== 'refused') return null;
    const issues = receipt.issues.map((issue) => ({ ...issue, path: `body.payload.${issue.path}` }));
    return new DomainError(receipt.code, receipt.detail, issues);
  }
}

/** An event whose id was used for another one is no broken one: to take it later would be refused just so. */
const mendable = (receipt: Receipt, input: unknown): QuarantinedInput[] =>
  receipt.kind === 'refused' && receipt.code !== 'idempotency_conflict'
    ? [{ id: idOf(input), input, detail: receipt.detail, issues: receipt.issues }]
    : [];

function idOf(input: unknown): string | null {
  const id = typeof input === 'object' && input !== null && 'id' in input ? input.id : null;
  return typeof id === 'string' && id !== '' ? id : null;
}

function answered(receipt: Receipt | undefined): Receipt {
  if (!receipt) throw new Error('An event was recorded without a receipt.');
  return receipt;
}
