/** `Name <address>` as RFC 5322 writes it; a name with more than letters, digits and spaces is quoted. */
export function mailbox({ name, address }: { name?: string; address: string }): string {
  const clean = name?.replace(/[\r\n]+/g, ' ').trim();
  if (!clean) return address;
  const written = /^[\p{L}\p{N} ]+$/u.test(clean) ? clean : `"${clean.replace(/["\\]/g, '\\$&')}"`;
  return `${written} <${address}>`;
}
