/** Units that forms offer, and that sentences name. */
export const units = ['minutes', 'hours', 'days', 'weeks', 'months'] as const;
export type Unit = (typeof units)[number];
type AnyUnit = Unit | 'years' | 'seconds';

const pattern =
  /^([+-]?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const order: readonly AnyUnit[] = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'];

/** What a duration of ISO 8601 is made of, without its sign and without what is zero. */
export function partsOf(iso: string): readonly (readonly [amount: number, unit: AnyUnit])[] {
  const [, , ...amounts] = pattern.exec(iso) ?? [];
  return order.flatMap((unit, at) => {
    const amount = Number(amounts[at] ?? 0);
    return amount > 0 ? [[amount, unit] as const] : [];
  });
}

export const isNegative = (iso: string): boolean => iso.startsWith('-');

/** An amount of one unit, as a form shows it; null where a duration mixes units, which only text can hold. */
export function plainOf(iso: string | undefined): { amount: number; unit: Unit; negative: boolean } | null {
  if (iso === undefined) return { amount: 0, unit: 'days', negative: false };
  const [first, ...more] = partsOf(iso);
  if (!first) return pattern.test(iso) ? { amount: 0, unit: 'days', negative: isNegative(iso) } : null;
  const [amount, unit] = first;
  if (more.length || unit === 'years' || unit === 'seconds') return null;
  return { amount, unit, negative: isNegative(iso) };
}

const letters: Record<Unit, readonly [before: string, after: string]> = {
  minutes: ['PT', 'M'],
  hours: ['PT', 'H'],
  days: ['P', 'D'],
  weeks: ['P', 'W'],
  months: ['P', 'M'],
};

/** As ISO 8601 writes it: -P7D, PT90M. */
export function durationOf(amount: number, unit: Unit, negative = false): string {
  const [before, after] = letters[unit];
  return `${negative && amount > 0 ? '-' : ''}${before}${amount}${after}`;
}
