import type { Language } from './locales';

/** The parts of the dashboard that have words of their own, in `words/<language>/<area>.json`. */
export const areas = [
  'account',
  'overview',
  'messages',
  'contacts',
  'bookings',
  'flows',
  'canvas',
  'simulate',
  'templates',
  'campaigns',
  'inbox',
  'review',
  'alerts',
  'settings',
] as const;
export type Area = (typeof areas)[number];

/** `base`: what every page shows. */
export async function wordsOf(language: Language, area: Area | 'base'): Promise<Record<string, unknown>> {
  const { default: words } = await import(`../words/${language}/${area}.json`);
  return words;
}
