/** Fields by their name in lower case; of one that comes twice, the first. */
export type Fields = ReadonlyMap<string, string>;

/**
 * Reads the machine's part of a report (RFC 3464, section 2.1; RFC 5965, section 3): groups of header-like fields with
 * an empty line between them. Lines that are no field are passed over.
 */
export function fieldGroups(text: string): Fields[] {
  let group = new Map<string, string>();
  const groups = [group];
  const unfolded = text.replace(/\r?\n[ \t]+(?=\S)/g, ' ');
  for (const line of unfolded.split(/\r?\n/)) {
    if (line.trim() === '') {
      group = new Map();
      groups.push(group);
      continue;
    }
    const [, name, value = ''] = /^([^\s:]+)[ \t]*:(.*)$/.exec(line) ?? [];
    if (name && !group.has(name.toLowerCase())) group.set(name.toLowerCase(), value.trim());
  }
  return groups.filter(({ size }) => size > 0);
}

/** The address in `rfc822; anna@example.com` or `<anna@example.com>`; undefined when there is none. */
export const addressIn = (value: string | undefined): string | undefined =>
  /^(?:(?:rfc822|utf-8)\s*;)?\s*<?([^<>\s;@]+@[^<>\s;@]+)/i.exec(value?.replaceAll('\0', '') ?? '')?.[1];
