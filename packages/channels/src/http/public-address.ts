import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address is one of the public internet: not loopback, private, link-local, shared by a carrier (CGNAT),
 * multicast, reserved, or a way around (IPv4 mapped into IPv6, NAT64, 6to4, Teredo). Anything that is no address is not.
 */
export function isPublicAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  if (!ipaddr.isValid(bare)) return false;
  return ipaddr.process(bare).range() === 'unicast';
}
