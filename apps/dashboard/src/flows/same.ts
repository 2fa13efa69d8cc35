/** Whether two values of JSON are equal; the order of keys, which the database does not keep, does not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = keysOf(a);
  return (
    keys.length === keysOf(b).length &&
    keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

/** A key without a value is not written in JSON. */
const keysOf = (value: object): string[] =>
  Object.entries(value).flatMap(([key, held]) => (held === undefined ? [] : [key]));
