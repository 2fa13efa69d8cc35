/**
 * The fact at a path such as `contact.attributes.level`; null when any part of the way is missing. Only own properties
 * count, so no path reaches what objects inherit.
 */
export function factAt(facts: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = facts;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = (value as Record<string, unknown>)[name];
  }
  return value ?? null;
}

/** The instant at a path; null when there is none or it is no instant. */
export function instantAt(facts: Readonly<Record<string, unknown>>, path: string): Date | null {
  return toInstant(factAt(facts, path));
}

/** Reads an instant with its offset, such as 2026-05-01T09:00:00+02:00. Dates without one are no instants. */
export function toInstant(fact: unknown): Date | null {
  if (fact instanceof Date) return Number.isNaN(fact.getTime()) ? null : fact;
  if (typeof fact !== 'string' || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/.test(fact))
    return null;
  const at = new Date(fact);
  return Number.isNaN(at.getTime()) ? null : at;
}
