import { offsetAt } from './zone.js';

const formats = new Map<string, Intl.DateTimeFormat>();
const formatsLimit = 2_000;

/** Making a formatter costs fifty times as much as using one, hence the cache. */
function formatter(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${zone}|${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  if (formats.size >= formatsLimit) formats.clear();
  const made = new Intl.DateTimeFormat(knownLocale(locale), { ...options, timeZone: zone });
  formats.set(key, made);
  return made;
}

function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** The day as a person of this locale writes it in full: Freitag, 1. Mai 2026. */
export const formatDate = (at: Date, locale: string, zone: string): string =>
  formatter(locale, zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at);

/** The time of day: 09:00, 9:00 AM. */
export const formatTime = (at: Date, locale: string, zone: string): string =>
  formatter(locale, zone, { timeStyle: 'short' }).format(at);

/** By any of Intl's options; for the `date` filter of templates. */
export const formatWith = (
  at: Date,
  locale: string,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): string => formatter(locale, zone, options).format(at);

/** What the zone's clocks show, with their offset: 2026-05-01T09:00:00+02:00. */
export function localIso(at: Date, zone: string): string {
  const offset = offsetAt(at, zone);
  const minutes = Math.abs(offset) / 60_000;
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const local = new Date(at.getTime() + offset).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
