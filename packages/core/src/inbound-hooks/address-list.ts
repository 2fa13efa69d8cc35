import { BlockList, isIP } from 'node:net';

/** Whether an address is one of the list, which has addresses and ranges (CIDR). An IPv4 address in IPv6 is itself. */
export function isListed(address: string, list: readonly string[]): boolean {
  const found = new BlockList();
  for (const entry of list) {
    const [base = '', length] = entry.split('/');
    const family = isIP(base) === 6 ? 'ipv6' : 'ipv4';
    if (length === undefined) found.addAddress(base, family);
    else found.addSubnet(base, Number(length), family);
  }
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(plain);
  return family !== 0 && found.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}
