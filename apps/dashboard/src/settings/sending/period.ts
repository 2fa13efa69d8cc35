/** The units that a form offers for a period. */
export const units = ['H', 'D', 'W', 'M'] as const;
export type Unit = (typeof units)[number];

interface Parts {
  amount: number;
  unit: Unit;
}

/** An ISO 8601 period of one unit, such as P7D or PT24H; null for one that a form cannot show, such as P1DT2H. */
export function partsOf(period: string): Parts | null {
  const [, days, unit] = /^P(\d+)([DWM])$/.exec(period) ?? [];
  if (days) return { amount: Number(days), unit: unit as Unit };
  const [, hours] = /^PT(\d+)H$/.exec(period) ?? [];
  return hours ? { amount: Number(hours), unit: 'H' } : null;
}

export const periodOf = ({ amount, unit }: Parts): string =>
  unit === 'H' ? `PT${amount}H` : `P${amount}${unit}`;
