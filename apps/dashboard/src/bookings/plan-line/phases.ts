import type { PlannedItem, Span } from './offset';

export type Row = { kind: 'now' } | { kind: 'message'; item: PlannedItem };

/** What of a plan lies before, during and after the booking, in the order of time, with the present moment among it. */
export interface Phases {
  before: Row[];
  during: Row[];
  after: Row[];
}

export function phasesOf(items: readonly PlannedItem[], span: Span, now: number): Phases {
  const rows: { at: number; row: Row }[] = [
    ...items.map((item) => ({ at: Date.parse(item.planned_at), row: { kind: 'message', item } as const })),
    { at: now, row: { kind: 'now' } },
  ];
  rows.sort((a, b) => a.at - b.at);
  const start = Date.parse(span.starts_at);
  const end = Date.parse(span.ends_at);
  const within = (from: number, before: number) =>
    rows.filter(({ at }) => at >= from && at < before).map(({ row }) => row);
  return {
    before: within(Number.NEGATIVE_INFINITY, start),
    during: within(start, end + 1),
    after: within(end + 1, Number.POSITIVE_INFINITY),
  };
}

export const messagesIn = (rows: readonly Row[]): number =>
  rows.filter(({ kind }) => kind === 'message').length;
