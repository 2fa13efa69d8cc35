export type InputKind =
  | 'event'
  | 'booking'
  | 'send'
  | 'sms'
  | 'chat'
  | 'outreach'
  | 'import'
  | 'campaign'
  | 'workflow';

/** Something that was asked of Halyard, and what must come of it. Every input has an address of its own. */
export interface Input {
  kind: InputKind;
  /** Whom its messages go to. */
  address: string;
  /** How many messages must come of it. */
  messages: number;
  offeredAt: Date;
  /** When Halyard said yes; null as long as it did not. Only then does it owe anything. */
  acknowledgedAt: Date | null;
  /** How long after the acknowledgement its messages are due. */
  delayMs: number;
}

/** A message that a provider took. */
export interface Receipt {
  address: string;
  /** The provider's idempotency key; null where it has none. */
  key: string | null;
  at: Date;
}

/** A moment at which something was broken. */
export interface Fault {
  at: Date;
  what: string;
  /** Sends that were under way: as many may end as unknown where a provider has no keys. */
  inFlight: number;
}

/** Everything that a run must account for. */
export class Ledger {
  readonly inputs: Input[] = [];
  readonly receipts: Receipt[] = [];
  readonly faults: Fault[] = [];
  /** What nobody may see: an answer that is no answer, a process that ended by itself … */
  readonly problems: string[] = [];

  offer(input: Omit<Input, 'offeredAt' | 'acknowledgedAt'>): Input {
    const offered = { ...input, offeredAt: new Date(), acknowledgedAt: null };
    this.inputs.push(offered);
    return offered;
  }
}
