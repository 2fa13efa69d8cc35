/**
 * A number in [0, 1) that is the same for the same parts in every process and for all time, and evenly spread over
 * different ones: how contacts fall into versions and arms without anything being stored or thrown.
 */
export function lot(...parts: readonly string[]): number {
  // FNV-1a, then the finalizer of MurmurHash3, as FNV alone leaves similar ids close together.
  let hash = 0x811c9dc5;
  for (const char of parts.join('\u001f')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** The option on which the lot falls, each in proportion to its weight; null when no weight is above zero. */
export function draw<Option extends { weight: number }>(
  options: readonly Option[],
  lot: number,
): Option | null {
  const total = options.reduce((sum, option) => sum + option.weight, 0);
  let rest = lot * total;
  for (const option of options) {
    rest -= option.weight;
    if (rest < 0) return option;
  }
  return null;
}
