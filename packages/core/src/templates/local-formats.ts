import { LRUCache } from 'lru-cache';

/** Whose language and clock a message is written in. */
export interface Locality {
  /** BCP 47. */
  locale: string;
  timeZone: string;
}

export type DateStyle = 'short' | 'medium' | 'long' | 'full';
export const dateStyles: readonly string[] = ['short', 'medium', 'long', 'full'] satisfies DateStyle[];

// Making a formatter costs fifty times more than using it (20k against 937k a second).
const formatters = new LRUCache<string, Intl.DateTimeFormat | Intl.NumberFormat>({ max: 2_000 });

function cached<F extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => F): F {
  const known = formatters.get(key);
  if (known) return known as F;
  const made = make();
  formatters.set(key, made);
  return made;
}

const locales = new LRUCache<string, string>({ max: 500 });

/** A tag that Intl takes: contacts bring what their CRM knew, such as `de_DE` or nothing at all. */
export function usableLocale(locale: string): string {
  const known = locales.get(locale);
  if (known !== undefined) return known;
  const usable = canonical(locale);
  locales.set(locale, usable);
  return usable;
}

function canonical(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function usableZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

/** The moment that a value of the facts names: an instant as text, milliseconds, or a Date. */
export function instantOf(value: unknown): Date | null {
  if (typeof value !== 'string' && typeof value !== 'number' && !(value instanceof Date)) return null;
  if (value === '') return null;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}

export function formatDate(at: Date, style: DateStyle, { locale, timeZone }: Locality): string {
  return cached(`d ${style} ${locale} ${timeZone}`, () =>
    Intl.DateTimeFormat(usableLocale(locale), { dateStyle: style, timeZone: usableZone(timeZone) }),
  ).format(at);
}

export function formatTime(at: Date, { locale, timeZone }: Locality): string {
  return cached(`t ${locale} ${timeZone}`, () =>
    Intl.DateTimeFormat(usableLocale(locale), { timeStyle: 'short', timeZone: usableZone(timeZone) }),
  ).format(at);
}

/** `amount` in whole units of the currency (12.5 = twelve and a half euros). Throws on a currency that is none. */
export function formatMoney(amount: number, currency: string, locale: string): string {
  return cached(`m ${currency} ${locale}`, () =>
    Intl.NumberFormat(usableLocale(locale), { style: 'currency', currency }),
  ).format(amount);
}
