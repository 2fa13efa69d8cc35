import { isFault, parseLiquid, renderLiquid } from '../templates/liquid.js';
import type { Locality } from '../templates/local-formats.js';
import { usableLocale } from '../templates/local-formats.js';

type Facts = Record<string, unknown>;

/**
 * The data of a step with the Liquid in its texts filled in from the facts, at any depth. What cannot be filled in is null:
 * a workflow can tell that from a text, and the call is made all the same.
 */
export function renderData(data: unknown, facts: Facts): unknown {
  return fill(data, facts, localityOf(facts));
}

/** What is wrong with a text as Liquid; null when nothing is. */
export function faultIn(text: string): string | null {
  const parsed = parseLiquid(text, 'text');
  return isFault(parsed) ? parsed.message : null;
}

function fill(value: unknown, facts: Facts, locality: Locality): unknown {
  if (typeof value === 'string') return fillText(value, facts, locality);
  if (Array.isArray(value)) return value.map((one) => fill(one, facts, locality));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, facts, locality)]));
}

function fillText(text: string, facts: Facts, locality: Locality): string | null {
  const parsed = parseLiquid(text, 'text');
  if (isFault(parsed)) return null;
  try {
    return renderLiquid(parsed, facts, locality);
  } catch {
    return null; // takes too long, or reads what has another form: said by the null
  }
}

function localityOf({ contact, organization }: Facts): Locality {
  const person = (contact ?? {}) as { locale?: unknown; time_zone?: unknown };
  const home = (organization ?? {}) as { locale?: unknown; time_zone?: unknown };
  const text = (...found: unknown[]): string =>
    String(found.find((one) => typeof one === 'string' && one) ?? '');
  return {
    locale: usableLocale(text(person.locale, home.locale, 'en')),
    timeZone: text(person.time_zone, home.time_zone, 'UTC'),
  };
}
