import ipaddr from 'ipaddr.js';

/** All that IANA has given out of IPv6; IPv4-compatible addresses such as ::7f00:1 lie outside. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the public internet: not loopback, private, link-local, shared by a carrier (CGNAT),
 * multicast, reserved, or a way around (IPv4 mapped into IPv6, NAT64, 6to4, Teredo). Anything that is no address is not.
 */
export function isPublicAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast);
}
