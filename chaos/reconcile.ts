import type { Fault, Input, Receipt } from './ledger.ts';

/** What the database says became of messages that no provider confirmed. */
export interface Unknown {
  address: string;
}

/** The ledger's balance after everything was drained. */
export interface Balance {
  inputs: number;
  acknowledged: number;
  messages: number;
  /** Messages that were owed and that nobody received, and of which nobody says that they are unknown. */
  lost: number;
  /** Messages that were received and that nobody owed. */
  duplicated: number;
  unknown: number;
  /** Sends that were under way at the faults. */
  inFlight: number;
  faults: number;
  /** The longest that anything acknowledged before a fault took from there, or from the last fault on its way, to the provider. */
  recoverySeconds: number;
  /** The longest that an acknowledged input waited for its first message beyond its time. */
  worstLatenessSeconds: number;
  /** Addresses, to look into. */
  details: string[];
}

/** Compares what was acknowledged with what the providers received: what goes in must come out, once. Pure. */
export function reconcile(
  inputs: readonly Input[],
  receipts: readonly Receipt[],
  unknown: readonly Unknown[],
  faults: readonly Fault[],
): Balance {
  const received = Map.groupBy(receipts, ({ address }) => address);
  const unclear = Map.groupBy(unknown, ({ address }) => address);
  const details: string[] = [];
  let lost = 0;
  let duplicated = 0;
  for (const { address, kind, messages, acknowledgedAt } of inputs) {
    const came = received.get(address)?.length ?? 0;
    const missing = acknowledgedAt ? messages - came - (unclear.get(address)?.length ?? 0) : 0;
    if (missing > 0) details.push(`lost: ${kind} ${address}, ${came} of ${messages}`);
    if (came > messages) details.push(`duplicated: ${kind} ${address}, ${came} instead of ${messages}`);
    lost += Math.max(0, missing);
    duplicated += Math.max(0, came - messages);
  }
  const known = new Set(inputs.map(({ address }) => address));
  for (const { address } of receipts)
    if (!known.has(address)) {
      duplicated += 1;
      details.push(`nobody asked for a message to ${address}`);
    }
  return {
    inputs: inputs.length,
    acknowledged: inputs.filter(({ acknowledgedAt }) => acknowledgedAt).length,
    messages: receipts.length,
    lost,
    duplicated,
    unknown: unknown.length,
    faults: faults.length,
    inFlight: faults.reduce((sum, fault) => sum + fault.inFlight, 0),
    recoverySeconds: recovery(inputs, received, faults),
    worstLatenessSeconds: lateness(inputs, received),
    details,
  };
}

type Received = ReadonlyMap<string, readonly Receipt[]>;

function recovery(inputs: readonly Input[], received: Received, faults: readonly Fault[]): number {
  const moments = faults.map(({ at }) => at.getTime()).sort((a, b) => a - b);
  const waits = inputs.flatMap(({ acknowledgedAt, address }) =>
    (received.get(address) ?? []).flatMap((receipt) => {
      const at = receipt.at.getTime();
      const last = moments.findLast((moment) => moment <= at);
      return acknowledgedAt && last !== undefined && acknowledgedAt.getTime() <= last ? [at - last] : [];
    }),
  );
  return Math.max(0, ...waits) / 1000;
}

function lateness(inputs: readonly Input[], received: Received): number {
  const waits = inputs.flatMap(({ acknowledgedAt, delayMs, address }) => {
    const first = received.get(address)?.[0];
    return acknowledgedAt && first ? [first.at.getTime() - acknowledgedAt.getTime() - delayMs] : [];
  });
  return Math.max(0, ...waits) / 1000;
}
