import dns from 'node:dns/promises';
import net from 'node:net';
import { isPublicAddress } from './public-address.js';
import { BlockedAddressError } from './safe-agent.js';

/**
 * The very address to connect to for a host that a user named, so that a name cannot change between check and use. Throws
 * BlockedAddressError when it is not one of the public internet, unless that is allowed.
 */
export async function checkedAddress(host: string, allowPrivate: boolean): Promise<string> {
  const addresses = net.isIP(host)
    ? [host]
    : (await dns.lookup(host, { all: true })).map(({ address }) => address);
  const [address] = addresses;
  const isBlocked = !allowPrivate && addresses.some((one) => !isPublicAddress(one));
  if (!address || isBlocked) throw new BlockedAddressError(host);
  return address;
}
