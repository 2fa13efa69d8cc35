/**
 * What limits count as one address. An IPv6 customer has 2^64 addresses or more to choose from, so it is their /64
 * (RFC 6177); an IPv4 address, also one mapped into IPv6, is itself.
 */
export function networkOf(address: string): string {
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [head = '', tail] = address.split('::');
  if (tail === undefined) return address.split(':').slice(0, 4).join(':');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
