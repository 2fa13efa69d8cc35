import type { ExplainLocale } from '@halyard/contracts/explain/parts';
import { Temporal } from 'temporal-polyfill';
import { toInstant } from '../conditions/facts.js';
import type { Sentences, Words } from './sentences/sentences.js';

const tags = { en: 'en-GB', de: 'de-DE' } as const;
const units = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/;
const duration = /^-?P(?=\d|T\d)[\dYMWDTHS]+$/;

/**
 * How a language writes instants and values.
 * @param zone whose clock instants are told by.
 */
export function wordsOf(locale: ExplainLocale, zone: string, says: Sentences): Words {
  const tag = tags[locale];
  const clock = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  // Where a second matters, it is told: a change of one second may flip a condition.
  const exact = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone });

  const written = (given: unknown, by: (moment: Date) => Intl.DateTimeFormat): string => {
    const moment = toInstant(given);
    return moment ? `${by(moment).format(moment)} (${zone})` : says.phrases.nothing;
  };
  const at = (given: unknown): string => written(given, () => clock);
  const value = (given: unknown): string => {
    if (given === null || given === undefined) return says.phrases.nothing;
    if (Array.isArray(given)) return given.map(value).join(', ') || '[]';
    if (typeof given === 'object') return JSON.stringify(given);
    if (typeof given === 'boolean') return says.phrases[given ? 'yes' : 'no'];
    if (typeof given !== 'string') return String(given);
    if (instant.test(given)) return written(given, (moment) => (moment.getTime() % 60_000 ? exact : clock));
    return duration.test(given) ? durationIn(tag, given) : given;
  };
  const channel = (given: unknown): string =>
    typeof given === 'string' && Object.hasOwn(says.channels, given)
      ? says.channels[given as keyof Sentences['channels']]
      : value(given);
  return { at, value, channel };
}

function durationIn(tag: string, given: string): string {
  const parts = Temporal.Duration.from(given);
  return units
    .filter((unit) => parts[unit] !== 0)
    .map((unit) =>
      new Intl.NumberFormat(tag, { style: 'unit', unit: unit.slice(0, -1), unitDisplay: 'long' }).format(
        parts[unit],
      ),
    )
    .join(' ');
}
