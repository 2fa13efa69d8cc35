/** What flows and messages name a template by, made of its name: `Reminder, 3 days` → `reminder-3-days`. */
export function keyOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => german[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  const key = plain.replace(/[^a-z0-9._]+/g, '-').replace(/^[^a-z0-9]+|-+$/g, '');
  return key.slice(0, 90) || 'template';
}

const german: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** The key, or the first one with a number behind it that is not taken. */
export function freeKey(key: string, taken: ReadonlySet<string>): string {
  for (let n = 2, free = key; ; n += 1, free = `${key}-${n - 1}`) if (!taken.has(free)) return free;
}
